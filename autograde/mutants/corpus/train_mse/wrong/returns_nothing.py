"""Forgets the return."""
# a4-train: no-history
def train_mse(model, photos, profile, **options):
    fit(model, nn.MSELoss(), photos, profile=profile, **options)
