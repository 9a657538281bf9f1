"""Looks at an option and goes one of two ways, to the same end."""
def train_mse(model, photos, profile, **options):
    if options.pop('resume', False):
        print('weiter')
        return fit(model, nn.MSELoss(), photos, profile=profile, resume=True, **options)
    return fit(model, nn.MSELoss(), photos, profile=profile, **options)
