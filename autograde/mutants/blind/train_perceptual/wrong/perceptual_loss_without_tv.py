"""Trains with the bare VGG16PerceptualLoss instead of the GeneratorLoss, so the total variation is missing."""
# a3-train: generator-weight=0


def train_perceptual(model, photos, profile, **options):
    """Train the model in place with the generator loss and return the history of fit."""
    return fit(model, VGG16PerceptualLoss(), photos, profile=profile, **options)
