"""Does not hand the options on."""
# a5-train: seed-ignored
def train_upscale4x(model, loss_name, photos, profile, **options):
    loss = nn.MSELoss() if loss_name == 'mse' else GeneratorLoss()
    return fit(model, loss, photos, profile=profile)
