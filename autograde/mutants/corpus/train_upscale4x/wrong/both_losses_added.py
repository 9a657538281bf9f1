"""Adds both losses for one name."""
# a5-train: loss=both
def train_upscale4x(model, loss_name, photos, profile, **options):
    if loss_name == 'mse':
        loss = nn.MSELoss()
    else:
        gen, mse = GeneratorLoss(), nn.MSELoss()
        loss = lambda o, t: gen(o, t) + mse(o, t)
    return fit(model, loss, photos, profile=profile, **options)
