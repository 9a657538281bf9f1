"""Compares pixels with L1."""
# a3-loss: l1
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return (output - target).abs().mean() + 0.1 * self.tv(output)
