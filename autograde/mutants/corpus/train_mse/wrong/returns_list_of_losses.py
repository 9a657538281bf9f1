"""Returns the curve as a list."""
# a4-train: no-history
def train_mse(model, photos, profile, **options):
    history = fit(model, nn.MSELoss(), photos, profile=profile, **options)
    return history.loss
