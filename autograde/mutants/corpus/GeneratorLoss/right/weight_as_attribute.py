"""Keeps the weight as an attribute."""
class GeneratorLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.perc = VGG16PerceptualLoss()
        self.tv = TVLoss()
        self.lam = 0.1

    def forward(self, output, target):
        return self.perc(output, target) + self.lam * self.tv(output)
