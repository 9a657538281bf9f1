"""The blocks in a ModuleList, run in a loop."""


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        kanaele = [3, 16, 32, 64, 128]
        self.bloecke = nn.ModuleList()
        for i in range(4):
            self.bloecke.append(ResNetBlock(kanaele[i], kanaele[i + 1], kernel_size=7))
        self.shuffle = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, 7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    y = x
    for block in self.bloecke:
        y = block(y)
    y = self.shuffle(y)
    y = self.conv(y)
    return y + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
