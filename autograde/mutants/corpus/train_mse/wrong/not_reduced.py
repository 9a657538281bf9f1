"""Leaves one value per pixel."""
# a4-train: loss-not-differentiable
def train_mse(model, photos, profile, **options):
    return fit(model, nn.MSELoss(reduction='none'), photos, profile=profile, **options)
