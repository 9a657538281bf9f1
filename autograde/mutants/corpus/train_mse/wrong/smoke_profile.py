"""Always trains with the profile smoke."""
# a4-train: profile-ignored
def train_mse(model, photos, profile, **options):
    return fit(model, nn.MSELoss(), photos, profile='smoke', **options)
