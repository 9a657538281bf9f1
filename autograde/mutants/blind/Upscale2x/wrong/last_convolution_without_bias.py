"""Switches the bias of the last convolution off as in the blocks, although no BatchNorm follows and the default bias is wanted."""
# a2-init: no-bias


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        channels = [3, 16, 32, 64, 128]
        self.blocks = nn.ModuleList(
            [ResNetBlock(channels[i], channels[i + 1], kernel_size=7) for i in range(4)]
        )
        self.shuffle = nn.PixelShuffle(2)
        self.last = nn.Conv2d(32, 3, kernel_size=7, padding=3, bias=False)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    up = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    for block in self.blocks:
        x = block(x)
    return up + self.last(self.shuffle(x))
