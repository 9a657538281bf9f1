"""Looks the loss class up in a dictionary and builds only the chosen one."""


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    losses = {"mse": nn.MSELoss, "perceptual": GeneratorLoss}
    return fit(model, losses[loss_name](), photos, profile=profile, **options)
