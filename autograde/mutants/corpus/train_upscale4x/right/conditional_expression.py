"""A conditional expression in the call."""
def train_upscale4x(model, loss_name, photos, profile, **options):
    return fit(model, GeneratorLoss() if loss_name == 'perceptual' else nn.MSELoss(), photos, profile=profile, **options)
