"""Trains first with the squared error and then with the generator loss when "perceptual" is asked for."""
# a5-train: trained-twice


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    history = fit(model, nn.MSELoss(), photos, profile=profile, **options)
    if loss_name == "perceptual":
        history = fit(model, GeneratorLoss(), photos, profile=profile, **options)
    return history
