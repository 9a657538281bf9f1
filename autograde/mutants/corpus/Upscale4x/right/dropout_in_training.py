"""Dropout as a layer, which is off in evaluation mode."""


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.teil1 = nn.Sequential(ResNetBlock(3, 16, 5), nn.Dropout2d(0.1), ResNetBlock(16, 48, 3))
        self.teil2 = nn.Sequential(nn.PixelShuffle(4), nn.Conv2d(3, 3, 5, padding=2))


@add_to_class(Upscale4x)
def forward(self, x):
    y = self.teil2(self.teil1(x))
    y += F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return y
