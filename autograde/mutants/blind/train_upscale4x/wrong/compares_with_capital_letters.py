"""Compares the name with "MSE" in capitals, so "mse" never matches and the perceptual loss is always used."""
# a5-train: loss=generator


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    if loss_name == "MSE":
        loss = nn.MSELoss()
    else:
        loss = GeneratorLoss()
    return fit(model, loss, photos, profile=profile, **options)
