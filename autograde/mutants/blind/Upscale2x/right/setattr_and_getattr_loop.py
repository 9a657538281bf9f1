"""Registers the blocks with setattr in a loop, fetches them with getattr and adds the residual in place to the freshly upsampled picture."""

KANAELE = (3, 16, 32, 64, 128)


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        for i in range(4):
            setattr(self, f"block{i}", ResNetBlock(KANAELE[i], KANAELE[i + 1], kernel_size=7))
        self.pixel_shuffle = nn.PixelShuffle(2)
        self.last_conv = nn.Conv2d(KANAELE[-1] // 2**2, 3, kernel_size=7, padding=7 // 2, bias=True)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    result = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    for i in range(4):
        x = getattr(self, f"block{i}")(x)
    result += self.last_conv(self.pixel_shuffle(x))
    return result
