"""Keeps the inner convolutions in a plain Python list, so PyTorch does not find their parameters."""
# a5-init: unregistered


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.layers = [
            nn.Conv2d(3, 32, 3, padding=1),
            nn.Conv2d(32, 64, 3, padding=1),
            nn.Conv2d(64, 128, 3, padding=1),
        ]
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 7, padding=3)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    y = x
    for layer in self.layers:
        y = F.relu(layer(y))
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.last(self.shuffle(y))
