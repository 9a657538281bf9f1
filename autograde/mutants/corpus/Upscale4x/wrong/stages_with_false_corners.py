"""Two stages, each interpolates with align_corners=False."""
# a5-forward: skip=align-corners-false


class Stufe(nn.Module):
    def __init__(self, breite=16):
        super().__init__()
        self.eins = nn.Conv2d(3, breite, 5, padding=2)
        self.zwei = nn.Conv2d(breite, 12, 3, padding=1)
        self.shuffle = nn.PixelShuffle(2)

    def forward(self, x):
        gross = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False)
        return gross + self.shuffle(self.zwei(F.relu(self.eins(x))))


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.stufe1 = Stufe()
        self.stufe2 = Stufe()


@add_to_class(Upscale4x)
def forward(self, x):
    return self.stufe2(self.stufe1(x))
