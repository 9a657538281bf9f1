"""Returns network and history."""
# a3-train: no-history
def train_perceptual(model, photos, profile, **options):
    history = fit(model, GeneratorLoss(), photos, profile=profile, **options)
    return model, history
