"""Puts an additional ReLU between PixelShuffle and the last convolution, which the plan does not contain."""
# a2-forward: between=before-last


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(
            ResNetBlock(3, 16, kernel_size=7),
            ResNetBlock(16, 32, kernel_size=7),
            ResNetBlock(32, 64, kernel_size=7),
            ResNetBlock(64, 128, kernel_size=7),
        )
        self.shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    y = F.relu(self.shuffle(self.blocks(x)))
    return self.conv(y) + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
