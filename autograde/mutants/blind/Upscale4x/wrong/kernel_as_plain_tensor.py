"""Creates the kernel of a layer as a plain tensor instead of an nn.Parameter, so it is not registered and never trained by the optimiser."""
# a5-init: unregistered


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.block = nn.Conv2d(3, 32, 3, padding=1)
        self.kernel = 0.05 * torch.randn(128, 32, 3, 3)
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 3, padding=1)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    y = F.relu(self.block(x))
    y = F.relu(F.conv2d(y, self.kernel, padding=1))
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.last(self.shuffle(y))
