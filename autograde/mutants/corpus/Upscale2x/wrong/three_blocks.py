"""Leaves out the fourth block and fits the last convolution to 16 channels."""
# a2-init: missing-layer


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(ResNetBlock(3, 16, 7), ResNetBlock(16, 32, 7), ResNetBlock(32, 64, 7))
        self.shuffle = nn.PixelShuffle(2)
        self.last = nn.Conv2d(16, 3, 7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    upsampled = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return upsampled + self.last(self.shuffle(self.blocks(x)))
