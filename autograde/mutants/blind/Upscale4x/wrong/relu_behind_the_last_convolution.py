"""Applies a ReLU to every convolution in the loop including the last one, so the correction can only brighten."""
# a5-forward: end-not-linear


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(3, 32, 5, padding=2), nn.Conv2d(32, 128, 3, padding=1)])
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 5, padding=2)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    y = x
    for conv in self.convs:
        y = F.relu(conv(y))
    y = F.relu(self.last(self.shuffle(y)))
    return y + F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
