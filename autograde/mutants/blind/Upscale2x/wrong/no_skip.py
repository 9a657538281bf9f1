"""Returns only the learned residual and forgets to add the bilinearly enlarged input."""
# a2-forward: skip=none


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            ResNetBlock(3, 16, kernel_size=7),
            ResNetBlock(16, 32, kernel_size=7),
            ResNetBlock(32, 64, kernel_size=7),
            ResNetBlock(64, 128, kernel_size=7),
            nn.PixelShuffle(2),
            nn.Conv2d(32, 3, kernel_size=7, padding=3),
        )


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    return self.net(x)
