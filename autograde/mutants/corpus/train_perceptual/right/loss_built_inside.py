"""Builds the loss inside and stores the history."""
def train_perceptual(model, photos, profile, **options):
    loss = GeneratorLoss()
    history = fit(model, loss, photos, profile=profile, **options)
    return history
