"""Forgets kernel_size=7 in all four blocks, so ResNetBlock takes its default of 9."""
# a2-init: kernel-size


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(
            ResNetBlock(3, 16),
            ResNetBlock(16, 32),
            ResNetBlock(32, 64),
            ResNetBlock(64, 128),
        )
        self.shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    up = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return up + self.conv(self.shuffle(self.blocks(x)))
