"""The losses stand at each other's name."""
# a5-train: loss=generator
def train_upscale4x(model, loss_name, photos, profile, **options):
    loss = {'mse': GeneratorLoss, 'perceptual': nn.MSELoss}[loss_name]()
    return fit(model, loss, photos, profile=profile, **options)
