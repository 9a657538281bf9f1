"""Overwrites x with the result of the blocks and then enlarges that instead of the input, so the shapes of the sum do not fit."""
# a2-forward: summands=channels


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.block1 = ResNetBlock(3, 16, kernel_size=7)
        self.block2 = ResNetBlock(16, 32, kernel_size=7)
        self.block3 = ResNetBlock(32, 64, kernel_size=7)
        self.block4 = ResNetBlock(64, 128, kernel_size=7)
        self.shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    x = self.block1(x)
    x = self.block2(x)
    x = self.block3(x)
    x = self.block4(x)
    residual = self.conv(self.shuffle(x))
    return residual + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
