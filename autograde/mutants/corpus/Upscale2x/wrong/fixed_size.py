"""Interpolates to 256x256, whatever comes."""
# a2-forward: shape


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        kanaele = [3, 16, 32, 64, 128]
        self.bloecke = nn.ModuleList([ResNetBlock(a, b, kernel_size=7) for a, b in zip(kanaele[:-1], kanaele[1:])])
        self.ps = nn.PixelShuffle(2)
        self.letzte = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    y = x
    for block in self.bloecke:
        y = block(y)
    y = self.letzte(self.ps(y))
    gross = F.interpolate(x, size=(256, 256), mode="bilinear", align_corners=True)
    return gross + y
