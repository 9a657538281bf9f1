"""Splits forward into two helper methods and computes the aligned bilinear skip with affine_grid and grid_sample."""

from collections import OrderedDict


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            OrderedDict(
                block1=ResNetBlock(3, 16, 7),
                block2=ResNetBlock(16, 32, 7),
                block3=ResNetBlock(32, 64, 7),
                block4=ResNetBlock(64, 128, 7),
            )
        )
        self.tail = nn.Sequential(nn.PixelShuffle(2), nn.Conv2d(32, 3, 7, padding=3))

    def correction(self, x):
        return self.tail(self.body(x))

    def enlarged(self, x):
        n, c, h, w = x.shape
        theta = torch.eye(2, 3).to(x).repeat(n, 1, 1)
        grid = F.affine_grid(theta, (n, c, 2 * h, 2 * w), align_corners=True)
        return F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=True)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    return self.enlarged(x) + self.correction(x)
