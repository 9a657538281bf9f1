"""Calls F.batch_norm with training=True in forward, so images are normalised with the statistics of the whole batch even in evaluation mode."""
# a5-forward: batch


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 5, padding=2, bias=False)
        self.conv2 = nn.Conv2d(32, 128, 3, padding=1, bias=False)
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 5, padding=2)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    y = F.relu(F.batch_norm(self.conv1(x), None, None, training=True))
    y = F.relu(F.batch_norm(self.conv2(y), None, None, training=True))
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.last(self.shuffle(y))
