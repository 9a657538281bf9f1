"""Calls fit twice."""
# a3-train: trained-twice
def train_perceptual(model, photos, profile, **options):
    fit(model, GeneratorLoss(), photos, profile=profile, **options)
    return fit(model, GeneratorLoss(), photos, profile=profile, **options)
