"""Passes the target size as (2W, 2H), so only square images work."""
# a2-forward: sizes=square


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
    width, height = x.shape[2], x.shape[3]
    up = F.interpolate(x, size=(2 * height, 2 * width), mode="bilinear", align_corners=True)
    return up + self.conv(self.shuffle(self.blocks(x)))
