"""A match statement, with the function of torch."""
def train_upscale4x(model, loss_name, photos, profile, **options):
    match loss_name:
        case 'mse':
            loss = F.mse_loss
        case 'perceptual':
            loss = GeneratorLoss()
    history = fit(model, loss, photos, profile=profile, **options)
    return history
