"""Assigns the two losses to the wrong names."""
# a5-train: loss=generator


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    losses = {"mse": GeneratorLoss(), "perceptual": nn.MSELoss()}
    return fit(model, losses[loss_name], photos, profile=profile, **options)
