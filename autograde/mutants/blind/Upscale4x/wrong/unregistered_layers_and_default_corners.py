"""Keeps the convolutions in a plain Python list and, in forward, leaves align_corners at its default False."""
# a5-init: unregistered
# a5-forward: skip=align-corners-false


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.convs = [nn.Conv2d(3, 32, 5, padding=2), nn.Conv2d(32, 128, 3, padding=1)]
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 5, padding=2)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    y = x
    for conv in self.convs:
        y = F.relu(conv(y))
    up = F.interpolate(x, scale_factor=4, mode="bilinear")
    return up + self.last(self.shuffle(y))
