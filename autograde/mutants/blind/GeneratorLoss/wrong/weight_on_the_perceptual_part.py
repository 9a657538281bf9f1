"""Multiplies the perceptual loss instead of the total variation by 0.1."""
# a3-loss: weight-on-perceptual


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()
        self.weight = 0.1

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        return self.weight * self.perceptual(output, target) + self.tv(output)
