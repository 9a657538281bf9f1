"""Normalises the pictures a second time for VGG16."""
# a3-loss: normalized-again-perceptual
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        from srcourse.imagenet import normalize
        return self.perceptual(normalize(output), normalize(target)) + 0.1 * self.tv(output)
