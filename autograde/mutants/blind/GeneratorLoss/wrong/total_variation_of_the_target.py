"""Measures the total variation of the target instead of the output, which is a constant and teaches nothing."""
# a3-loss: tv-of-target


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        return self.perceptual(output, target) + 0.1 * self.tv(target)
