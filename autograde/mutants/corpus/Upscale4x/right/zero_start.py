"""The last convolution starts at zero, a factor too; nothing forbids that here."""


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(ResNetBlock(3, 32, 3), ResNetBlock(32, 32, 3))
        self.end = nn.Conv2d(32, 48, 3, padding=1)
        nn.init.zeros_(self.end.weight)
        nn.init.zeros_(self.end.bias)
        self.gain = nn.Parameter(torch.zeros(1))


@add_to_class(Upscale4x)
def forward(self, x):
    f = self.features(x)
    details = F.pixel_shuffle(self.end(f * (1 + self.gain)), 4)
    return F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True) + details
