"""Squares the differences of neighbours instead of taking absolute values."""
# a1-tv: squared


class TVLoss(nn.Module):
    """Total variation of a batch of images, the same scale for every image size."""

    def forward(self, img):
        """Return the total variation of a (N, 3, H, W) tensor as a 0-dim tensor."""
        h_tv = torch.pow(img[:, :, 1:, :] - img[:, :, :-1, :], 2).mean()
        w_tv = torch.pow(img[:, :, :, 1:] - img[:, :, :, :-1], 2).mean()
        return h_tv + w_tv
