"""Measures the total variation of the difference."""
# a3-loss: tv-of-difference
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        diff = output - target
        return self.perceptual(output, target) + 0.1 * self.tv(diff)
