"""Freezes scale and shift of all BatchNorm layers to calm small batches, although no layer may be frozen."""
# a5-init: frozen


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(
            ResNetBlock(3, 32, kernel_size=5),
            ResNetBlock(32, 64, kernel_size=3),
            ResNetBlock(64, 128, kernel_size=3),
        )
        self.shuffle = nn.PixelShuffle(4)
        self.last = nn.Conv2d(8, 3, 7, padding=3)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.requires_grad_(False)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.last(self.shuffle(self.blocks(x)))
