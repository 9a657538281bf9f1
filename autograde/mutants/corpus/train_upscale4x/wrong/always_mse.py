"""Always trains with the mean squared error."""
# a5-train: loss=mse
def train_upscale4x(model, loss_name, photos, profile, **options):
    loss = nn.MSELoss()
    return fit(model, loss, photos, profile=profile, **options)
