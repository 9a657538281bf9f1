"""Sets the last convolution to zero, which fit takes care of."""
# a2-init: start-weights


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = ResNetBlock(3, 16, 7)
        self.block2 = ResNetBlock(16, 32, 7)
        self.block3 = ResNetBlock(32, 64, 7)
        self.block4 = ResNetBlock(64, 128, 7)
        self.ps = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, 7, padding=3)
        nn.init.zeros_(self.conv.weight)
        nn.init.zeros_(self.conv.bias)


@add_to_class(Upscale2x)
def forward(self, x):
    y = self.block1(x)
    y = self.block2(y)
    y = self.block3(y)
    y = self.block4(y)
    y = self.ps(y)
    y = self.conv(y)
    up = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return up + y
