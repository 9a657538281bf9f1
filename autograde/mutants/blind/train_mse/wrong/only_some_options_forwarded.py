"""Forwards only device and seed to fit and silently drops every other option such as log_dir, resume and callbacks."""
# a4-train: options-ignored


def train_mse(model, photos, profile, **options):
    """Train the model in place with the mean squared error and return the history of fit."""
    return fit(
        model,
        nn.MSELoss(),
        photos,
        profile=profile,
        device=options.get("device"),
        seed=options.get("seed", 0),
    )
