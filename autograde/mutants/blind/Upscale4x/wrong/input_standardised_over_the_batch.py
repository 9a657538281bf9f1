"""Standardises the input of the layers with mean and deviation of the whole batch, so each result depends on the other images also in evaluation mode."""
# a5-forward: batch


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
    normalised = (x - x.mean()) / (x.std(unbiased=False) + 1e-5)
    residual = self.conv(self.shuffle(self.blocks(normalised)))
    return residual + F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
