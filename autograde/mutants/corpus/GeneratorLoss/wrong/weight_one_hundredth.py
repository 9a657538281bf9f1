"""Weighs the total variation with 0.01."""
# a3-loss: weight=0.01
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return self.perceptual(output, target) + 0.01 * self.tv(output)
