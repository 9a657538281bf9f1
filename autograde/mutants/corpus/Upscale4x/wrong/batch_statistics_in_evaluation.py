"""BatchNorm that keeps no statistics and so uses the batch's, always."""
# a5-forward: batch


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 32, 3, padding=1), nn.BatchNorm2d(32, track_running_stats=False), nn.ReLU(),
            nn.Conv2d(32, 48, 3, padding=1), nn.PixelShuffle(4),
        )


@add_to_class(Upscale4x)
def forward(self, x):
    return self.net(x) + F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
