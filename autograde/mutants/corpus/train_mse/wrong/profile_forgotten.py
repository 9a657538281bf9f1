"""Forgets the profile."""
# a4-train: error-fit-call
def train_mse(model, photos, profile, **options):
    return fit(model, nn.MSELoss(), photos, **options)
