"""Trains with the perceptual loss alone."""
# a3-train: generator-weight=0
def train_perceptual(model, photos, profile, **options):
    return fit(model, VGG16PerceptualLoss(), photos, profile=profile, **options)
