"""Converts both images back to [0, 1] first, although both parts are to be computed on the normalised tensors."""
# a3-loss: denormalized

from srcourse.imagenet import denormalize


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        output, target = denormalize(output), denormalize(target)
        return self.perceptual(output, target) + 0.1 * self.tv(output)
