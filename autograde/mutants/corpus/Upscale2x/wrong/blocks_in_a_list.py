"""The blocks in an ordinary Python list."""
# a2-init: unregistered


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        kanaele = [3, 16, 32, 64, 128]
        self.bloecke = [ResNetBlock(a, b, kernel_size=7) for a, b in zip(kanaele[:-1], kanaele[1:])]
        self.ps = nn.PixelShuffle(2)
        self.letzte = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    y = x
    for block in self.bloecke:
        y = block(y)
    y = self.letzte(self.ps(y))
    gross = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return gross + y
