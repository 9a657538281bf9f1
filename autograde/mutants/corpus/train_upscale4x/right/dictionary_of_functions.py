"""A dictionary of functions outside of the training function."""
VERLUSTE = {
    'mse': lambda: (lambda a, b: ((a - b) ** 2).mean()),
    'perceptual': lambda: GeneratorLoss(),
}


def train_upscale4x(model, loss_name, photos, profile, **options):
    criterion = VERLUSTE[loss_name]()
    return fit(model=model, loss=criterion, photos=photos, profile=profile, **options)
