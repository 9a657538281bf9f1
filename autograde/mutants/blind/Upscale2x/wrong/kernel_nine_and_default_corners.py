"""Leaves the blocks at the default kernel size 9 and, in forward, leaves align_corners at its default False."""
# a2-init: kernel-size
# a2-forward: skip=align-corners-false


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        channels = (3, 16, 32, 64, 128)
        self.blocks = nn.Sequential(*(ResNetBlock(a, b) for a, b in zip(channels, channels[1:])))
        self.shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, kernel_size=7, padding=3)
        self.up = nn.Upsample(scale_factor=2, mode="bilinear")


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    return self.up(x) + self.conv(self.shuffle(self.blocks(x)))
