"""Creates an additional learned transposed convolution for the skip in the constructor (and never uses it), although there are no further learning layers."""
# a2-init: extra-layers


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
        self.upsample = nn.ConvTranspose2d(3, 3, kernel_size=2, stride=2)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    y = self.block4(self.block3(self.block2(self.block1(x))))
    up = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return self.conv(self.shuffle(y)) + up
