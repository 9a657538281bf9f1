"""Builds an FSRCNN-like network of PReLU layers whose last layer is a transposed convolution with stride 4."""


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        d, s, m = 40, 12, 3
        layers = [nn.Conv2d(3, d, 5, padding=2), nn.PReLU(d), nn.Conv2d(d, s, 1), nn.PReLU(s)]
        for _ in range(m):
            layers += [nn.Conv2d(s, s, 3, padding=1), nn.PReLU(s)]
        layers += [nn.Conv2d(s, d, 1), nn.PReLU(d)]
        self.features = nn.Sequential(*layers)
        # (H - 1) * 4 - 2 * 3 + 9 + 1 = 4 * H
        self.deconvolution = nn.ConvTranspose2d(d, 3, kernel_size=9, stride=4, padding=3, output_padding=1)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + self.deconvolution(self.features(x))
