"""Horizontal differences of the vertical differences."""
# a1-tv: one-after-the-other
class TVLoss(nn.Module):
    def forward(self, img):
        img = img[:, :, 1:] - img[:, :, :-1]
        img = img[:, :, :, 1:] - img[:, :, :, :-1]
        return img.abs().mean()
