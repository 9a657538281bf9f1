"""The ready-made function."""
def train_mse(model, photos, profile, **options):
    return fit(model, nn.functional.mse_loss, photos, profile=profile, **options)
