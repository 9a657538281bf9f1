"""Builds a LapSRN-like pyramid: features are doubled by transposed convolutions and each level adds its own correction to the doubled picture."""


class Level(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.extract = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(channels, channels, 3, padding=1),
            nn.LeakyReLU(0.2),
        )
        self.doubling = nn.ConvTranspose2d(channels, channels, kernel_size=4, stride=2, padding=1)
        self.to_rgb = nn.Conv2d(channels, 3, 3, padding=1)

    def forward(self, features, image):
        features = self.doubling(self.extract(features))
        image = F.interpolate(image, scale_factor=2, mode="bilinear", align_corners=True)
        return features, image + self.to_rgb(features)


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 24, 3, padding=1)
        self.levels = nn.ModuleList([Level(24), Level(24)])


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    features, image = self.first(x), x
    for level in self.levels:
        features, image = level(features, image)
    return image
