"""Hands both pictures to the total variation."""
# a3-loss: error-arguments
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return self.perceptual(output, target) + 0.1 * self.tv(output, target)
