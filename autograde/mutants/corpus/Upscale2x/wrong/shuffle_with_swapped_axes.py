"""PixelShuffle by hand, rows and columns of the little squares swapped."""
# a2-forward: shuffle=permuted


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        kanaele = [3, 16, 32, 64, 128]
        self.bloecke = nn.ModuleList([ResNetBlock(a, b, kernel_size=7) for a, b in zip(kanaele[:-1], kanaele[1:])])
        self.ps = nn.PixelShuffle(2)
        self.letzte = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    y = x
    for b in self.bloecke:
        y = b(y)
    n, c, h, w = y.shape
    y = y.reshape(n, c // 4, 2, 2, h, w).permute(0, 1, 4, 3, 5, 2).reshape(n, c // 4, h * 2, w * 2)
    return self.letzte(y) + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
