"""Trains with one loss after the other."""
# a5-train: trained-twice
def train_upscale4x(model, loss_name, photos, profile, **options):
    fit(model, nn.MSELoss(), photos, profile=profile, **options)
    if loss_name == 'perceptual':
        pass
    return fit(model, GeneratorLoss(), photos, profile=profile, **options)
