"""The second stage adds nothing to what the first one made."""
# a5-forward: skip=before-last


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv2d(3, 12, 5, padding=2)
        self.b = nn.Conv2d(3, 12, 5, padding=2)


@add_to_class(Upscale4x)
def forward(self, x):
    y = F.pixel_shuffle(self.a(x), 2) + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return F.pixel_shuffle(self.b(y), 2)
