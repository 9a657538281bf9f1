"""Shapes the result for a batch of one."""
# a5-forward: batch=one


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 24, 5, padding=2)
        self.last = nn.Conv2d(24, 48, 3, padding=1)

    def forward(self, x):
        up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
        y = F.pixel_shuffle(self.last(F.relu(self.conv(x))), 4)
        return up + y.view(1, 3, 4 * x.shape[2], 4 * x.shape[3])
