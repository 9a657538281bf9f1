"""Builds the loss once, outside of the function."""
verlust = GeneratorLoss()


def train_perceptual(model, photos, profile, **options):
    return fit(model, verlust, photos, profile=profile, **options)
