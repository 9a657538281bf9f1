"""Convolves every channel with the kernels (-1, 1) standing and lying and averages the absolute results."""


class TVLoss(nn.Module):
    """Total variation of a batch of images, the same scale for every image size."""

    def forward(self, img):
        """Return the total variation of a (N, 3, H, W) tensor as a 0-dim tensor."""
        channels = img.shape[1]
        kernel = img.new_tensor([-1.0, 1.0])
        standing = kernel.view(1, 1, 2, 1).repeat(channels, 1, 1, 1)
        lying = kernel.view(1, 1, 1, 2).repeat(channels, 1, 1, 1)
        vertical = F.conv2d(img, standing, groups=channels)
        horizontal = F.conv2d(img, lying, groups=channels)
        return vertical.abs().mean() + horizontal.abs().mean()
