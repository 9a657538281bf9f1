"""Calls the ModuleList as if it were a Sequential."""
# a2-forward: error-no-forward


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        kanaele = [3, 16, 32, 64, 128]
        self.bloecke = nn.ModuleList([ResNetBlock(a, b, kernel_size=7) for a, b in zip(kanaele[:-1], kanaele[1:])])
        self.ps = nn.PixelShuffle(2)
        self.letzte = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    y = self.letzte(self.ps(self.bloecke(x)))
    return y + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
