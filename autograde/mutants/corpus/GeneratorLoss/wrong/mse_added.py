"""Adds the mean squared error as a third part."""
# a3-loss: mse-added
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        mse = ((output - target) ** 2).mean()
        return mse + self.perceptual(output, target) + 0.1 * self.tv(output)
