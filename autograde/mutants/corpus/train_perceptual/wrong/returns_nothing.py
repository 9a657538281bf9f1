"""Forgets the return."""
# a3-train: no-history
def train_perceptual(model, photos, profile, **options):
    fit(model, GeneratorLoss(), photos, profile=profile, **options)
