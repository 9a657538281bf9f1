"""Compares with a name in capitals, so that the other loss is always taken."""
# a5-train: loss=generator
def train_upscale4x(model, loss_name, photos, profile, **options):
    if loss_name == 'MSE':
        loss = nn.MSELoss()
    else:
        loss = GeneratorLoss()
    return fit(model, loss, photos, profile=profile, **options)
