"""Swaps the arguments of the perceptual loss; the value is the same, the gradient is not."""
# a3-loss: swapped
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return self.perceptual(target, output) + 0.1 * self.tv(output)
