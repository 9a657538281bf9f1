"""Takes the perceptual part of the generator loss alone."""
# a5-train: generator-weight=0
def train_upscale4x(model, loss_name, photos, profile, **options):
    loss = nn.MSELoss() if loss_name == 'mse' else GeneratorLoss().perceptual
    return fit(model, loss, photos, profile=profile, **options)
