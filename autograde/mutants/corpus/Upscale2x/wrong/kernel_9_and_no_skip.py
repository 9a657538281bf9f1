"""Default kernels, and no interpolated input: two mistakes."""
# a2-init: kernel-size
# a2-forward: skip=none


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(
            ResNetBlock(3, 16),
            ResNetBlock(16, 32),
            ResNetBlock(32, 64),
            ResNetBlock(64, 128, kernel_size=7),
        )
        self.shuffle = nn.PixelShuffle(2)
        self.last = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    return self.last(self.shuffle(self.blocks(x)))
