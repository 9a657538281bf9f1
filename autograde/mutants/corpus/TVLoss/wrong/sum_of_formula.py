"""The sum of the first formula instead of means."""
# a1-tv: sum
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return dv.abs().sum() + dh.abs().sum()
