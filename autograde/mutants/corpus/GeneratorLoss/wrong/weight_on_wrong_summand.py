"""Puts the weight in front of the perceptual loss."""
# a3-loss: weight-on-perceptual
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return 0.1 * self.perceptual(output, target) + self.tv(output)
