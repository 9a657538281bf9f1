"""Calls fit with the generator loss, the profile by name and all options unpacked, and returns its history."""


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
    criterion = GeneratorLoss()
    history = fit(model, criterion, photos, profile=profile, **options)
    return history
