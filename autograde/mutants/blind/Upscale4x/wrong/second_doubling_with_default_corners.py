"""Doubles the skip twice but sets align_corners=True only in the first of the two interpolations."""
# a5-forward: skip=mixed


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.stage1 = nn.Sequential(ResNetBlock(3, 32, 3), nn.PixelShuffle(2), nn.Conv2d(8, 3, 5, padding=2))
        self.stage2 = nn.Sequential(ResNetBlock(3, 32, 3), nn.PixelShuffle(2), nn.Conv2d(8, 3, 5, padding=2))


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    y = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True) + self.stage1(x)
    return F.interpolate(y, scale_factor=2, mode="bilinear") + self.stage2(y)
