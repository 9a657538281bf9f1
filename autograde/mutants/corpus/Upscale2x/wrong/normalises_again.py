"""Normalises a picture that is normalised already."""
# a2-forward: input=normalised


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = ResNetBlock(3, 16, 7)
        self.block2 = ResNetBlock(16, 32, 7)
        self.block3 = ResNetBlock(32, 64, 7)
        self.block4 = ResNetBlock(64, 128, 7)
        self.ps = nn.PixelShuffle(2)
        self.conv = nn.Conv2d(32, 3, 7, padding=3)


@add_to_class(Upscale2x)
def forward(self, x):
    mean = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
    std = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    z = (x - mean) / std
    y = self.conv(self.ps(self.block4(self.block3(self.block2(self.block1(z))))))
    return F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True) + y
