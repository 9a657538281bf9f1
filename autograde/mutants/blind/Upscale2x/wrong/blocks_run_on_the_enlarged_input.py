"""Enlarges the input first and sends the enlarged picture through the blocks and PixelShuffle, so the residual becomes four times as large as the input."""
# a2-forward: shape


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(
            ResNetBlock(3, 16, kernel_size=7),
            ResNetBlock(16, 32, kernel_size=7),
            ResNetBlock(32, 64, kernel_size=7),
            ResNetBlock(64, 128, kernel_size=7),
        )
        self.shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    x = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return x + self.conv(self.shuffle(self.blocks(x)))
