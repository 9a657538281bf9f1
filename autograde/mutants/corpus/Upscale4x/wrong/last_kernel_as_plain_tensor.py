"""Makes the last kernel a tensor that no optimizer finds."""
# a5-init: unregistered


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 24, 5, padding=2)
        self.kernel = 0.1 * torch.randn(48, 24, 3, 3)

    def forward(self, x):
        up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
        y = F.relu(self.conv(x))
        return up + F.pixel_shuffle(F.conv2d(y, self.kernel, padding=1), 4)
