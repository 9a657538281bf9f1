"""Trains correctly but forgets to return the history."""
# a4-train: no-history


def train_mse(model, photos, profile, **options):
    """Train the model in place with the mean squared error and return the history of fit."""
    history = fit(model, nn.MSELoss(), photos, profile=profile, **options)
