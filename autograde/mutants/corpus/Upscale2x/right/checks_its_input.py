"""An assertion on the shape, printed shapes left in, intermediate names overwritten."""


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        k = 7
        self.resnet_block_1 = ResNetBlock(3, 16, k)
        self.resnet_block_2 = ResNetBlock(16, 32, k)
        self.resnet_block_3 = ResNetBlock(32, 64, k)
        self.resnet_block_4 = ResNetBlock(64, 128, k)
        self.pixel_shuffle = nn.PixelShuffle(2)
        self.final_conv = nn.Conv2d(32, 3, k, stride=1, padding=(k - 1) // 2)


@add_to_class(Upscale2x)
def forward(self, x):
    assert x.dim() == 4 and x.size(1) == 3
    skip = F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=True)
    x = self.resnet_block_1(x)
    print("nach Block 1:", x.shape)
    x = self.resnet_block_2(x)
    x = self.resnet_block_3(x)
    x = self.resnet_block_4(x)
    x = self.pixel_shuffle(x)
    x = self.final_conv(x)
    print("am Ende:", x.shape)
    return skip + x
