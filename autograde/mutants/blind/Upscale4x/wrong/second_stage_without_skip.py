"""Adds the doubled input only in the first of two stages; the second stage returns its residual alone, so zero weights give a zero picture."""
# a5-forward: skip=none


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.stage1 = nn.Sequential(
            ResNetBlock(3, 32, 3), ResNetBlock(32, 64, 3), nn.PixelShuffle(2), nn.Conv2d(16, 3, 5, padding=2)
        )
        self.stage2 = nn.Sequential(
            ResNetBlock(3, 32, 3), ResNetBlock(32, 64, 3), nn.PixelShuffle(2), nn.Conv2d(16, 3, 5, padding=2)
        )


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    x = self.stage1(x) + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return self.stage2(x)
