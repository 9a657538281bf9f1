"""Freezes the network."""
# a4-train: frozen-model
def train_mse(model, photos, profile, **options):
    model.requires_grad_(False)
    return fit(model, nn.MSELoss(), photos, profile=profile, **options)
