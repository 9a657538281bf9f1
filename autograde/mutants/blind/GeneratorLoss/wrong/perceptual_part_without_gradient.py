"""Turns the perceptual loss into a number with item(), so only the total variation still has a gradient."""
# a3-loss: perceptual-without-gradient


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        perceptual = self.perceptual(output, target).item()
        return perceptual + 0.1 * self.tv(output)
