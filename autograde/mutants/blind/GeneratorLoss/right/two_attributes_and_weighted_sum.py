"""Creates both losses in the constructor and adds the total variation of the output with the weight 0.1."""


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    TV_WEIGHT = 0.1

    def __init__(self):
        super().__init__()
        self.perceptual_loss = VGG16PerceptualLoss()
        self.total_variation = TVLoss()

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        return self.perceptual_loss(output, target) + self.TV_WEIGHT * self.total_variation(output)
