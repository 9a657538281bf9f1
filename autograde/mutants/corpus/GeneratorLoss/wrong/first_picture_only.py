"""Looks at the first picture of the batch only."""
# a3-loss: first-of-batch
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        output, target = output[0:1], target[0:1]
        return self.perceptual(output, target) + 0.1 * self.tv(output)
