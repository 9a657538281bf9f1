"""A single convolution and PixelShuffle: small, but all requirements hold."""


class Upscale4x(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 3 * 4 ** 2, kernel_size=9, padding="same", padding_mode="replicate")
        self.ps = nn.PixelShuffle(4)

    def forward(self, x):
        return torch.nn.functional.interpolate(x, scale_factor=4, mode="bilinear", align_corners=True) + self.ps(self.conv(x))
