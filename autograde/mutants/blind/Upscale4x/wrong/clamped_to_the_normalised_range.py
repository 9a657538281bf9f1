"""Cuts the result off at -2.1 and 2.6, the range of normalised pictures, although nothing is to be cut off."""
# a5-forward: end-not-linear


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(ResNetBlock(3, 32, 3), ResNetBlock(32, 64, 3), ResNetBlock(64, 128, 3))
        self.shuffle = nn.PixelShuffle(4)
        self.conv = nn.Conv2d(8, 3, kernel_size=7, padding=3)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    y = up + self.conv(self.shuffle(self.blocks(x)))
    return torch.clamp(y, -2.1, 2.6)
