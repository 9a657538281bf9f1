"""The blocks in a Python list."""
# a5-init: unregistered


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        breiten = [3, 16, 32, 48]
        self.bloecke = [ResNetBlock(a, b, 3) for a, b in zip(breiten, breiten[1:])]
        self.ende = nn.Sequential(nn.Conv2d(48, 48, 3, padding=1), nn.PixelShuffle(4))


@add_to_class(Upscale4x)
def forward(self, x):
    y = x
    for b in self.bloecke:
        y = b(y)
    return self.ende(y) + F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
