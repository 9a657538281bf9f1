"""Uses the bare VGG16PerceptualLoss for "perceptual" instead of the GeneratorLoss with its total variation."""
# a5-train: generator-weight=0

from answers.aufgabe1 import VGG16PerceptualLoss


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    loss = nn.MSELoss() if loss_name == "mse" else VGG16PerceptualLoss()
    return fit(model, loss, photos, profile=profile, **options)
