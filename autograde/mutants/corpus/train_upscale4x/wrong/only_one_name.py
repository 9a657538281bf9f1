"""Knows only one of the names."""
# a5-train: error-name-hidden
def train_upscale4x(model, loss_name, photos, profile, **options):
    if loss_name == 'mse':
        loss = nn.MSELoss()
    elif loss_name == 'generator':
        loss = GeneratorLoss()
    return fit(model, loss, photos, profile=profile, **options)
