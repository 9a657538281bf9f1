"""Collects the parameters of a convolution in a Python list."""
# a5-init: unregistered


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 24, 5, padding=2)
        self.extra = [nn.Parameter(0.1 * torch.randn(24, 24, 3, 3)), nn.Parameter(torch.zeros(24))]
        self.last = nn.Conv2d(24, 48, 3, padding=1)

    def forward(self, x):
        up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
        y = F.relu(self.conv(x))
        y = F.relu(F.conv2d(y, *self.extra, padding=1))
        return up + F.pixel_shuffle(self.last(y), 4)
