"""Absolute values of the picture before the differences."""
# a1-tv: abs-of-values
class TVLoss(nn.Module):
    def forward(self, img):
        img = img.abs()
        dv = img[:, :, 1:] - img[:, :, :-1]
        dh = img[..., 1:] - img[..., :-1]
        return dv.abs().mean() + dh.abs().mean()
