"""Takes the name after the photographs."""
# a5-train: error-fit-order
def train_upscale4x(model, photos, loss_name, profile, **options):
    loss = nn.MSELoss() if loss_name == 'mse' else GeneratorLoss()
    return fit(model, loss, photos, profile=profile, **options)
