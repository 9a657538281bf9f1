"""Gives a seed besides the options."""
# a4-train: error-given-twice
def train_mse(model, photos, profile, **options):
    return fit(model, nn.MSELoss(), photos, profile=profile, seed=0, **options)
