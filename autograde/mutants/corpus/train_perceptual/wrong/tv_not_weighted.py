"""Puts its own loss together and forgets the weight."""
# a3-train: generator-weight=1
def train_perceptual(model, photos, profile, **options):
    perc, tv = VGG16PerceptualLoss(), TVLoss()
    return fit(model, lambda o, t: perc(o, t) + tv(o), photos, profile=profile, **options)
