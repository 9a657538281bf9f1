"""Returns only what the layers say and never adds the enlarged input, so nothing remains when all weights are zero."""
# a5-forward: skip=none


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            ResNetBlock(3, 32, 3),
            ResNetBlock(32, 64, 3),
            ResNetBlock(64, 128, 3),
            nn.PixelShuffle(4),
            nn.Conv2d(8, 3, kernel_size=7, padding=3),
        )


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    return self.net(x)
