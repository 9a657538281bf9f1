"""Freezes the first layer and forgets the interpolated input: two mistakes."""
# a5-init: frozen
# a5-forward: skip=none


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 24, 5, padding=2)
        self.conv2 = nn.Conv2d(24, 24, 3, padding=1)
        self.conv3 = nn.Conv2d(24, 48, 3, padding=1)
        self.conv1.weight.requires_grad = False
        self.shuffle = nn.PixelShuffle(4)


@add_to_class(Upscale4x)
def forward(self, x):
    y = F.relu(self.conv1(x))
    y = F.relu(self.conv2(y))
    y = self.shuffle(self.conv3(y))
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return y
