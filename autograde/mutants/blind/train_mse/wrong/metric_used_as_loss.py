"""Passes the metric mse from srcourse.metrics as the loss, which returns one value per image, has no gradient and refuses normalised tensors."""
# a4-train: metric-as-loss


def train_mse(model, photos, profile, **options):
    """Train the model in place with the mean squared error and return the history of fit."""
    return fit(model, mse, photos, profile=profile, **options)
