"""Has no convolution at all: linear layers map each unfolded 5x5 patch to the sixteen corrections of its pixel."""


class Upscale4x(nn.Module):
    """Residual network that quadruples height and width of an image."""

    def __init__(self):
        super().__init__()
        self.mlp = nn.Sequential(
            nn.Linear(3 * 5 * 5, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, 128),
            nn.LeakyReLU(0.1),
            nn.Linear(128, 3 * 4 * 4),
        )


@add_to_class(Upscale4x)
def forward(self, x):
    """Map a (N, 3, H, W) tensor to (N, 3, 4H, 4W)."""
    n, _, h, w = x.shape
    patches = F.unfold(x, kernel_size=5, padding=2).transpose(1, 2)  # (N, H*W, 75)
    corrections = self.mlp(patches).transpose(1, 2).reshape(n, 48, h, w)
    up = F.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True)
    return up + F.pixel_shuffle(corrections, 4)
