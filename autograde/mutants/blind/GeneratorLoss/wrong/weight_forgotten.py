"""Adds perceptual loss and total variation with equal weight and forgets the factor 0.1."""
# a3-loss: weight=1


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        return self.perceptual(output, target) + self.tv(output)
