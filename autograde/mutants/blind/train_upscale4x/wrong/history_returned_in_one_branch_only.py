"""Returns the history only for "perceptual"; the branch for "mse" trains but returns None."""
# a5-train: no-history


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    if loss_name == "mse":
        fit(model, nn.MSELoss(), photos, profile=profile, **options)
    else:
        return fit(model, GeneratorLoss(), photos, profile=profile, **options)
