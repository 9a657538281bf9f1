"""Builds both losses anew inside forward instead of in the constructor, so VGG16 is loaded in every step and is no submodule."""
# a3-loss: built-in-forward


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.tv_weight = 0.1

    def forward(self, output, target):
        """Return the loss of two (N, 3, H, W) tensors as a scalar."""
        perceptual = VGG16PerceptualLoss()(output, target)
        tv = TVLoss()(output)
        return perceptual + self.tv_weight * tv
