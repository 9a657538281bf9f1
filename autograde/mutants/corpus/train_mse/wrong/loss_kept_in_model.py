"""Keeps a layer in the network."""
# a4-train: rebuilt-model
def train_mse(model, photos, profile, **options):
    model.loss = nn.Conv2d(3, 3, 1)
    return fit(model, nn.MSELoss(), photos, profile=profile, **options)
