"""Hands on the seed alone."""
# a3-train: options-ignored
def train_perceptual(model, photos, profile, **options):
    return fit(model, GeneratorLoss(), photos, profile=profile, seed=options.get('seed', 0), device=options.get('device'))
