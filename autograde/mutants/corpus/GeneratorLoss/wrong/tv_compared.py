"""Compares the total variations."""
# a3-loss: tv-compared
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return self.perceptual(output, target) + 0.1 * torch.abs(self.tv(output) - self.tv(target))
