"""Compares the total variations of output and target instead of adding that of the output, so TV becomes a distance to the original."""
# a3-loss: tv-compared


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        difference = (self.tv(output) - self.tv(target)).abs()
        return self.perceptual(output, target) + 0.1 * difference
