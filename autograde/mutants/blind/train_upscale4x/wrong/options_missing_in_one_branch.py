"""Passes the options on only in the branch for "mse" and forgets them in the branch for "perceptual"."""
# a5-train: seed-ignored


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    if loss_name == "mse":
        return fit(model, nn.MSELoss(), photos, profile=profile, **options)
    elif loss_name == "perceptual":
        return fit(model, GeneratorLoss(), photos, profile=profile)
