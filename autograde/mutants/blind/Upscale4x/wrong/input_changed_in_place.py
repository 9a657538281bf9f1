"""Starts with an in-place LeakyReLU on the input itself, so the tensor of the caller is changed."""
# a5-forward: changes-inputs


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5, padding=2)
        self.conv2 = nn.Conv2d(32, 128, 3, padding=1)
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 5, padding=2)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    y = self.conv1(F.leaky_relu(x, 0.1, inplace=True))
    y = self.conv2(F.leaky_relu(y, 0.1, inplace=True))
    return up + self.last(self.shuffle(y))
