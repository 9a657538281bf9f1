"""Adds in place, to a tensor that belongs to forward itself."""


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential()
        self.net.add_module("r1", ResNetBlock(3, 16, 7))
        self.net.add_module("r2", ResNetBlock(16, 32, 7))
        self.net.add_module("r3", ResNetBlock(32, 64, 7))
        self.net.add_module("r4", ResNetBlock(64, 128, 7))
        self.net.add_module("shuffle", nn.PixelShuffle(2))
        self.net.add_module("conv", nn.Conv2d(32, 3, 7, padding=3, bias=True))


@add_to_class(Upscale2x)
def forward(self, x):
    y = self.net(x)
    y += F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return y
