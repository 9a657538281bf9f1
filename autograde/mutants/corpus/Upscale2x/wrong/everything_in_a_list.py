"""All layers in a Python list."""
# a2-init: unregistered


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [ResNetBlock(3, 16, 7), ResNetBlock(16, 32, 7), ResNetBlock(32, 64, 7), ResNetBlock(64, 128, 7)]
        self.layers += [nn.PixelShuffle(2), nn.Conv2d(32, 3, 7, padding=3)]

    def forward(self, x):
        y = x
        for layer in self.layers:
            y = layer(y)
        return y + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
