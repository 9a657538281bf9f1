"""Interpolates rows and columns with its own linear interpolation by index_select and lerp, which equals bilinear upsampling with aligned corners."""


def double(x, dim):
    n = x.shape[dim]
    position = torch.arange(2 * n).to(x) * ((n - 1) / (2 * n - 1))
    left = position.floor().long().clamp(max=max(n - 2, 0))
    right = (left + 1).clamp(max=n - 1)
    shape = [1] * x.dim()
    shape[dim] = 2 * n
    weight = (position - left).view(shape)
    return torch.lerp(x.index_select(dim, left), x.index_select(dim, right), weight)


class Upscale2x(nn.Module):
    """Residual network that doubles height and width of an image."""

    def __init__(self):
        super().__init__()
        sizes = [(3, 16), (16, 32), (32, 64), (64, 128)]
        self.blocks = nn.Sequential(*[ResNetBlock(*size, kernel_size=7) for size in sizes])
        self.pixel_shuffle = nn.PixelShuffle(2)
        self.final = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 2H, 2W)."""
    residual = self.final(self.pixel_shuffle(self.blocks(x)))
    return double(double(x, 2), 3) + residual
