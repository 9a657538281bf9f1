"""PixelShuffle by hand, as TensorFlow's depth_to_space orders its channels."""
# a2-forward: shuffle=permuted


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(
            ResNetBlock(3, 16, kernel_size=7),
            ResNetBlock(16, 32, kernel_size=7),
            ResNetBlock(32, 64, kernel_size=7),
            ResNetBlock(64, 128, kernel_size=7),
        )
        self.shuffle = nn.PixelShuffle(2)
        self.last = nn.Conv2d(32, 3, kernel_size=7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    y = self.blocks(x)
    n, c, h, w = y.shape
    y = y.view(n, 2, 2, c // 4, h, w).permute(0, 3, 4, 1, 5, 2)
    y = y.reshape(n, c // 4, 2 * h, 2 * w)
    up = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
    return up + self.last(y)
