"""Hands over the class of the loss without building it."""
# a4-train: error-class-called
def train_mse(model, photos, profile, **options):
    return fit(model, nn.MSELoss, photos, profile=profile, **options)
