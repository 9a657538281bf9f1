"""Mean of the two means."""
# a1-tv: half
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return (dv.abs().mean() + dh.abs().mean()) / 2
