"""Looks at an option and does not hand it on."""
# a4-train: options-ignored
def train_mse(model, photos, profile, **options):
    if options.pop('resume', False):
        print('weiter')
    return fit(model, nn.MSELoss(), photos, profile=profile, **options)
