"""Names every argument."""
def train_perceptual(model, photos, profile, **options):
    kwargs = dict(options)
    kwargs['profile'] = profile
    return fit(model=model, loss=GeneratorLoss(), photos=photos, **kwargs)
