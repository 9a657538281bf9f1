"""Hands over the options as one dictionary."""
# a3-train: error-fit-call
def train_perceptual(model, photos, profile, **options):
    return fit(model, GeneratorLoss(), photos, profile=profile, options=options)
