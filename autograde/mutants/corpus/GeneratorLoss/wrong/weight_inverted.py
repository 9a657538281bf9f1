"""Divides by the weight."""
# a3-loss: weight=10
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        lam = 0.1
        return self.perceptual(output, target) + self.tv(output) / lam
