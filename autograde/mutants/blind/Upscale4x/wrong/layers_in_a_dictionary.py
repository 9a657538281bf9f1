"""Keeps the inner convolutions in an ordinary dictionary instead of an nn.ModuleDict, so they are not registered."""
# a5-init: unregistered


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.stage = {
            "low": nn.Conv2d(3, 64, 5, padding=2),
            "up1": nn.Conv2d(64, 128, 3, padding=1),
            "up2": nn.Conv2d(32, 64, 3, padding=1),
        }
        self.shuffle = nn.PixelShuffle(2)
        self.to_rgb = nn.Conv2d(16, 3, 3, padding=1)


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    y = torch.relu(self.stage["low"](x))
    y = torch.relu(self.shuffle(self.stage["up1"](y)))
    y = torch.relu(self.shuffle(self.stage["up2"](y)))
    return self.to_rgb(y) + F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
