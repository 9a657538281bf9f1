"""F.pixel_shuffle in forward, nothing but layers with weights in the constructor."""


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.b1, self.b2 = ResNetBlock(3, 16, 7), ResNetBlock(16, 32, 7)
        self.b3, self.b4 = ResNetBlock(32, 64, 7), ResNetBlock(64, 128, 7)
        self.out = nn.Conv2d(32, 3, 7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    h, w = x.shape[-2:]
    features = self.b4(self.b3(self.b2(self.b1(x))))
    details = self.out(F.pixel_shuffle(features, 2))
    blurry = F.interpolate(x, size=(2 * h, 2 * w), mode="bilinear", align_corners=True)
    return blurry + details
