"""Adds the total variation of both pictures."""
# a3-loss: tv-of-both
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        tv = self.tv(output) + self.tv(target)
        return self.perceptual(output, target) + 0.1 * tv
