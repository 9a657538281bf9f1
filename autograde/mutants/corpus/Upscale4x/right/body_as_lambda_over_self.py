"""Keeps the order of the layers in a lambda that uses self."""


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.eins = nn.Conv2d(3, 24, 5, padding=2)
        self.zwei = nn.Conv2d(24, 48, 3, padding=1)
        self.rest = lambda x: F.pixel_shuffle(self.zwei(F.relu(self.eins(x))), 4)

    def forward(self, x):
        up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
        return up + self.rest(x)
