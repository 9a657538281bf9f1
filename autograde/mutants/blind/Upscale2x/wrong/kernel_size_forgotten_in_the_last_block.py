"""Gives kernel size 7 to three blocks but forgets it in the fourth, which gets the default 9."""
# a2-init: kernel-size


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.block1 = ResNetBlock(3, 16, kernel_size=7)
        self.block2 = ResNetBlock(16, 32, kernel_size=7)
        self.block3 = ResNetBlock(32, 64, kernel_size=7)
        self.block4 = ResNetBlock(64, 128)
        self.shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, 7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    y = self.block4(self.block3(self.block2(self.block1(x))))
    y = self.conv(self.shuffle(y))
    return y + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
