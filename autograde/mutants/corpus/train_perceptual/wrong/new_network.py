"""Trains a network of its own."""
# a3-train: untrained
def train_perceptual(model, photos, profile, **options):
    netz = Upscale2x()
    return fit(netz, GeneratorLoss(), photos, profile=profile, **options)
