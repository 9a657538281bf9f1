"""Uses the channels 3-32-64-128-128 instead of 3-16-32-64-128."""
# a2-init: missing-layer


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.block1 = ResNetBlock(3, 32, kernel_size=7)
        self.block2 = ResNetBlock(32, 64, kernel_size=7)
        self.block3 = ResNetBlock(64, 128, kernel_size=7)
        self.block4 = ResNetBlock(128, 128, kernel_size=7)
        self.pixel_shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    y = self.block1(x)
    y = self.block2(y)
    y = self.block3(y)
    y = self.block4(y)
    y = self.conv(self.pixel_shuffle(y))
    return y + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
