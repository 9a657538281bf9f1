"""Does not hand the options on."""
# a3-train: seed-ignored
def train_perceptual(model, photos, profile, **options):
    return fit(model, GeneratorLoss(), photos, profile=profile)
