"""Hands over the profile without its name."""
# a3-train: error-fit-call
def train_perceptual(model, photos, profile, **options):
    return fit(model, GeneratorLoss(), photos, profile, **options)
