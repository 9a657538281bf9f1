"""Adds a fifth block 128 to 128 before the PixelShuffle although exactly four are wanted."""
# a2-init: extra-layers


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(
            ResNetBlock(3, 16, 7),
            ResNetBlock(16, 32, 7),
            ResNetBlock(32, 64, 7),
            ResNetBlock(64, 128, 7),
            ResNetBlock(128, 128, 7),
        )
        self.shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, 7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    residual = self.conv(self.shuffle(self.blocks(x)))
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True) + residual
