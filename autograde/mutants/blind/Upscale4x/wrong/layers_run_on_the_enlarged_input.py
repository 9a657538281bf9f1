"""Falls into the trap of the text: the layers run on the already enlarged picture, so the residual becomes sixteen times as large as the input."""
# a5-forward: shape


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(ResNetBlock(3, 32, 3), ResNetBlock(32, 64, 3), ResNetBlock(64, 128, 3))
        self.shuffle = nn.PixelShuffle(4)
        self.conv = nn.Conv2d(8, 3, kernel_size=7, padding=3)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.conv(self.shuffle(self.blocks(up)))
