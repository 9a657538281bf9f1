"""Forgets the return."""
# a3-loss: no-tensor
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        loss = self.perceptual(output, target) + 0.1 * self.tv(output)
