"""Compares pixels with the mean squared error."""
# a3-loss: mse
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return nn.functional.mse_loss(output, target) + 0.1 * self.tv(output)
