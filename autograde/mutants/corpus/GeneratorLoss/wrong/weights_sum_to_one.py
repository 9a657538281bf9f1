"""Gives the perceptual loss the rest of the weight."""
# a3-loss: weights-sum-to-1
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        lam = 0.1
        return (1 - lam) * self.perceptual(output, target) + lam * self.tv(output)
