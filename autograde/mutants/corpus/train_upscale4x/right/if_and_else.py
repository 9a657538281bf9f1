"""An if with both names and an error for others."""
def train_upscale4x(model, loss_name, photos, profile, **options):
    if loss_name == 'mse':
        loss = nn.MSELoss()
    elif loss_name == 'perceptual':
        loss = GeneratorLoss()
    else:
        raise ValueError(f'Unbekannter Verlust: {loss_name}')
    return fit(model, loss, photos, profile=profile, **options)
