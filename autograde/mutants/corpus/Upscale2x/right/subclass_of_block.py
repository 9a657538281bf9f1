"""A subclass of ResNetBlock with the kernel size built in; a list kept beside the registered layers."""


class Block7(ResNetBlock):
    def __init__(self, a, b):
        super().__init__(a, b, kernel_size=7)


class Upscale2x(nn.Module):
    def __init__(self):
        super().__init__()
        self.b1 = Block7(3, 16)
        self.b2 = Block7(16, 32)
        self.b3 = Block7(32, 64)
        self.b4 = Block7(64, 128)
        self.order = [self.b1, self.b2, self.b3, self.b4]
        self.shuffle = nn.PixelShuffle(2)
        self.last = nn.Conv2d(32, 3, 7, padding=3)

    def forward(self, x):
        from functools import reduce

        y = reduce(lambda value, layer: layer(value), [*self.order, self.shuffle, self.last], x)
        return y + F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=True)
