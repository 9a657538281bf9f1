"""Sets the seed to 42."""
# a4-train: seed-ignored
def train_mse(model, photos, profile, **options):
    options['seed'] = 42
    return fit(model, nn.MSELoss(), photos, profile=profile, **options)
