"""Copied the line and did not change the axis."""
# a1-tv: vertical-twice
class TVLoss(nn.Module):
    def forward(self, img):
        a = img[:, :, 1:] - img[:, :, :-1]
        b = img[:, :, 1:, :] - img[:, :, :-1, :]
        return a.abs().mean() + b.abs().mean()
