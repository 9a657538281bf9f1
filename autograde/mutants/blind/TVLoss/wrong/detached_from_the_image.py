"""Detaches the image before measuring it, so no gradient can flow back to it."""
# a1-tv: no-gradient


class TVLoss(nn.Module):
    """Total variation of a batch of images, the same scale for every image size."""

    def forward(self, img):
        """Return the total variation of a (N, 3, H, W) tensor as a 0-dim tensor."""
        img = img.detach()
        vertical = (img[:, :, 1:, :] - img[:, :, :-1, :]).abs().mean()
        horizontal = (img[:, :, :, 1:] - img[:, :, :, :-1]).abs().mean()
        return vertical + horizontal
