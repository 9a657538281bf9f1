"""Layers registered with add_module and setattr, fetched with getattr."""


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        for nr, (rein, raus) in enumerate(zip((3, 16, 32, 64), (16, 32, 64, 128)), start=1):
            self.add_module("block%d" % nr, ResNetBlock(rein, raus, kernel_size=7))
        setattr(self, "letzte", nn.Conv2d(32, 3, 7, padding=3))
        self.register_module("ps", nn.PixelShuffle(2))


@add_to_class(Upscale2x)
def forward(self, x):
    ergebnis = x
    for nr in range(1, 5):
        ergebnis = getattr(self, f"block{nr}")(ergebnis)
    ergebnis = self.letzte(self.ps(ergebnis))
    ergebnis = ergebnis + F.interpolate(x, None, 2, "bilinear", True)
    return ergebnis
