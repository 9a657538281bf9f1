"""Sums the absolute differences and divides each sum by the number of its own differences as in the formula."""


class TVLoss(nn.Module):
    """Total variation of a batch of images, the same scale for every image size."""

    def forward(self, img):
        """Return the total variation of a (N, 3, H, W) tensor as a 0-dim tensor."""
        n, c, h, w = img.size()
        tv_h = (img[:, :, 1:, :] - img[:, :, : h - 1, :]).abs().sum()
        tv_w = (img[:, :, :, 1:] - img[:, :, :, : w - 1]).abs().sum()
        return tv_h / (n * c * (h - 1) * w) + tv_w / (n * c * h * (w - 1))
