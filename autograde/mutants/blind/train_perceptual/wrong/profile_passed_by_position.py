"""Passes the profile as a fourth positional argument, which fit only accepts by name."""
# a3-train: error-fit-call


class GeneratorLoss(nn.Module):
    """Training loss of the upscaling network, made of two parts."""

    def __init__(self):
        super().__init__()
        self.perceptual = VGG16PerceptualLoss()
        self.tv = TVLoss()

    def forward(self, output, target):
        return self.perceptual(output, target) + 0.1 * self.tv(output)


def train_perceptual(model, photos, profile, **options):
    """Train the model in place with the generator loss and return the history of fit."""
    loss = GeneratorLoss()
    return fit(model, loss, photos, profile, **options)
