"""Enlarges the skip with a learned transposed convolution instead of bilinear interpolation, so zero weights leave a zero picture."""
# a5-forward: skip=learned


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.skip = nn.ConvTranspose2d(3, 3, kernel_size=4, stride=4)
        self.blocks = nn.Sequential(ResNetBlock(3, 32, 3), ResNetBlock(32, 64, 3), ResNetBlock(64, 128, 3))
        self.shuffle = nn.PixelShuffle(4)
        self.conv = nn.Conv2d(8, 3, kernel_size=7, padding=3)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    return self.skip(x) + self.conv(self.shuffle(self.blocks(x)))
