"""The last layer of a Sequential is a PReLU."""
# a5-forward: end-not-linear


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 32, 3, padding=1), nn.PReLU(), nn.Conv2d(32, 48, 3, padding=1),
                                 nn.PixelShuffle(4), nn.PReLU())

    def forward(self, x):
        return self.net(x) + F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
