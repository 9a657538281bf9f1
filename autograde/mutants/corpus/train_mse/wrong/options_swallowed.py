"""Does not hand the options on."""
# a4-train: seed-ignored
def train_mse(model, photos, profile, **options):
    return fit(model, nn.MSELoss(), photos, profile=profile)
