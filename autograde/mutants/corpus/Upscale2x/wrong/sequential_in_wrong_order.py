"""Lists the blocks of a Sequential in an order in which their channels do not fit."""
# a2-init: order


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(
            ResNetBlock(3, 16, kernel_size=7),
            ResNetBlock(32, 64, kernel_size=7),
            ResNetBlock(16, 32, kernel_size=7),
            ResNetBlock(64, 128, kernel_size=7),
        )
        self.shuffle = nn.PixelShuffle(2)
        self.last = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    upsampled = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return upsampled + self.last(self.shuffle(self.blocks(x)))
