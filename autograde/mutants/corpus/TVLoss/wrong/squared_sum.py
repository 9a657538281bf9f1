"""Sum of squared differences."""
# a1-tv: squared
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return (dv ** 2).sum() + (dh ** 2).sum()
