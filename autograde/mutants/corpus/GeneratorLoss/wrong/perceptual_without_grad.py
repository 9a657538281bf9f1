"""Computes the perceptual loss without gradients."""
# a3-loss: perceptual-without-gradient
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        with torch.no_grad():
            perc = self.perceptual(output, target)
        return perc + 0.1 * self.tv(output)
