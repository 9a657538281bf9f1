"""Adds the perceptual loss twice."""
# a3-loss: perceptual-twice
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        loss = self.perceptual(output, target)
        loss = loss + 0.1 * self.tv(output)
        loss = loss + self.perceptual(output, target)
        return loss
