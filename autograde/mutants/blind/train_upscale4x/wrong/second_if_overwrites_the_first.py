"""Uses two separate if statements with an else on the second, so "mse" is first chosen and then overwritten by the perceptual loss."""
# a5-train: loss=generator


def train_upscale4x(model, loss_name, photos, profile, **options):
    """Train the model in place with the loss "mse" or "perceptual" and return the history of fit."""
    if loss_name == "mse":
        loss = nn.MSELoss()
    if loss_name == "l1":
        loss = nn.L1Loss()
    else:
        loss = GeneratorLoss()
    return fit(model, loss, photos, profile=profile, **options)
