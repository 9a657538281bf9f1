"""Always trains with the profile quick."""
# a3-train: profile-ignored
def train_perceptual(model, photos, profile, **options):
    return fit(model, GeneratorLoss(), photos, profile="quick", **options)
