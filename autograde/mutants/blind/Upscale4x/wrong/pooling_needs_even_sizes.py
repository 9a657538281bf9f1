"""Halves the features with a pooling and doubles them again in U-Net style, which fails for odd heights or widths."""
# a5-forward: sizes=even


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.enter = nn.Conv2d(3, 32, 3, padding=1)
        self.bottom = nn.Conv2d(32, 32, 3, padding=1)
        self.widen = nn.Conv2d(32, 128, 3, padding=1)
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 3, padding=1)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    wide = F.relu(self.enter(x))
    deep = F.relu(self.bottom(F.max_pool2d(wide, 2)))
    features = wide + F.interpolate(deep, scale_factor=2)
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.last(self.shuffle(F.relu(self.widen(features))))
