"""Uses residual blocks with squeeze-and-excitation attention and one PixelShuffle(4) before the last convolution."""


class AttentionBlock(nn.Module):
    def __init__(self, channels, reduction=4):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, 3, padding=1), nn.ReLU(), nn.Conv2d(channels, channels, 3, padding=1)
        )
        self.attention = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(channels, channels // reduction, 1),
            nn.LeakyReLU(0.1),
            nn.Conv2d(channels // reduction, channels, 1),
            nn.Sigmoid(),
        )

    def forward(self, x):
        y = self.body(x)
        return x + y * self.attention(y)


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.start = nn.Conv2d(3, 32, 3, padding=1)
        self.blocks = nn.ModuleList(AttentionBlock(32) for _ in range(4))
        self.widen = nn.Conv2d(32, 8 * 16, 3, padding=1)
        self.shuffle = nn.PixelShuffle(4)
        self.finish = nn.Conv2d(8, 3, 3, padding=1)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    features = self.start(x)
    for block in self.blocks:
        features = block(features)
    residual = self.finish(self.shuffle(self.widen(features)))
    return residual + nn.functional.interpolate(x, scale_factor=4.0, mode="bilinear", align_corners=True)
