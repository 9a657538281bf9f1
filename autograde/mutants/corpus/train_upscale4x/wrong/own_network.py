"""Trains a network of its own."""
# a5-train: untrained
def train_upscale4x(model, loss_name, photos, profile, **options):
    loss = nn.MSELoss() if loss_name == "mse" else GeneratorLoss()
    netz = nn.Sequential(nn.Conv2d(3, 48, 5, padding=2), nn.PixelShuffle(4))
    return fit(netz, loss, photos, profile=profile, **options)
