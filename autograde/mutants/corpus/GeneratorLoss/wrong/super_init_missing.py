"""Forgets to call the constructor of nn.Module."""
# a3-loss: error-super-init
class GeneratorLoss(nn.Module):
    def __init__(self):
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return self.perceptual(output, target) + 0.1 * self.tv(output)
