"""Computes all of it without gradients."""
# a3-loss: no-gradient
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        with torch.no_grad():
            return self.perceptual(output, target) + 0.1 * self.tv(output)
