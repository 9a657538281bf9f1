"""Its dictionary has another key."""
# a5-train: error-key
def train_upscale4x(model, loss_name, photos, profile, **options):
    losses = {'mse': nn.MSELoss(), 'Perceptual': GeneratorLoss()}
    return fit(model, losses[loss_name], photos, profile=profile, **options)
