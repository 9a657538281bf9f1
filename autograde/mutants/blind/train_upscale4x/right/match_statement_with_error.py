"""Chooses the loss in a match statement and raises a ValueError for unknown names."""


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    match loss_name:
        case "mse":
            loss = F.mse_loss
        case "perceptual":
            loss = GeneratorLoss()
        case _:
            raise ValueError(f"Unbekannter Verlust: {loss_name}")
    history = fit(model, loss, photos, profile=profile, **options)
    return history
