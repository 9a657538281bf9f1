"""Gives the last convolution a 3x3 kernel with padding 1 instead of 7x7 with padding 3."""
# a2-init: kernel-size


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            ResNetBlock(3, 16, 7),
            ResNetBlock(16, 32, 7),
            ResNetBlock(32, 64, 7),
            ResNetBlock(64, 128, 7),
            nn.PixelShuffle(2),
            nn.Conv2d(32, 3, kernel_size=3, padding=1),
        )


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    return self.net(x) + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
