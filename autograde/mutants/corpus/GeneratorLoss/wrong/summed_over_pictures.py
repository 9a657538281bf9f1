"""Adds up the losses of the pictures."""
# a3-loss: times-batch
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        total = 0
        for o, t in zip(output, target):
            total = total + self.perceptual(o[None], t[None]) + 0.1 * self.tv(o[None])
        return total
