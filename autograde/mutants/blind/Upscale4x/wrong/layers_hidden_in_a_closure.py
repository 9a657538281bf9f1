"""Wraps the inner layers in a lambda stored as an attribute, so PyTorch does not see the modules in it."""
# a5-init: unregistered


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        conv1 = nn.Conv2d(3, 32, 5, padding=2)
        conv2 = nn.Conv2d(32, 128, 5, padding=2)
        self.features = lambda x: F.relu(conv2(F.relu(conv1(x))))
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 5, padding=2)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.last(self.shuffle(self.features(x)))
