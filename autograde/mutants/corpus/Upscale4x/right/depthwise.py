"""Depthwise separable convolutions, the very first one grouped too."""


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 24, 5, padding=2, groups=3), nn.Conv2d(24, 24, 1), nn.GELU(),
            nn.Conv2d(24, 24, 5, padding=2, groups=24, bias=False), nn.Conv2d(24, 48, 1, bias=False),
            nn.PixelShuffle(4),
        )


@add_to_class(Upscale4x)
def forward(self, x):
    return self.net(x) + F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
