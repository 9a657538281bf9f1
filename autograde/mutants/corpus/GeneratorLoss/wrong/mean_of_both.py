"""Takes the mean of the summands."""
# a3-loss: halved
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return torch.stack([self.perceptual(output, target), 0.1 * self.tv(output)]).mean()
