"""Takes L1 for the mean squared error."""
# a5-train: loss=l1
def train_upscale4x(model, loss_name, photos, profile, **options):
    loss = nn.L1Loss() if loss_name == 'mse' else GeneratorLoss()
    return fit(model, loss, photos, profile=profile, **options)
