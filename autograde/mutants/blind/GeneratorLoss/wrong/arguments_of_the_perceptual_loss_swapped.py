"""Calls the perceptual loss as (target, output); the value is the same, but its gradient goes to the target and not to the output."""
# a3-loss: swapped


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        return self.perceptual(target, output) + 0.1 * self.tv(output)
