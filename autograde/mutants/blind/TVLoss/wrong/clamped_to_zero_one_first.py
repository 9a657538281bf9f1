"""Clamps the image to [0, 1] first, although the value range is arbitrary and normalised images go from about -2 to 2.6."""
# a1-tv: clamped


class TVLoss(nn.Module):
    """Total variation of a batch of images, the same scale for every image size."""

    def forward(self, img):
        """Return the total variation of a (N, 3, H, W) tensor as a 0-dim tensor."""
        img = img.clamp(0, 1)
        vertical = (img[:, :, 1:, :] - img[:, :, :-1, :]).abs().mean()
        horizontal = (img[:, :, :, 1:] - img[:, :, :, :-1]).abs().mean()
        return vertical + horizontal
