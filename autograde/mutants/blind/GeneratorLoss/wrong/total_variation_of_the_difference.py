"""Measures the total variation of the error image output - target instead of the output."""
# a3-loss: tv-of-difference


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        return self.perceptual(output, target) + 0.1 * self.tv(output - target)
