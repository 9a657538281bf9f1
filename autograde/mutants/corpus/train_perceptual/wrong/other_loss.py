"""Uses another loss than demanded."""
# a3-train: loss=mse
def train_perceptual(model, photos, profile, **options):
    return fit(model, nn.MSELoss(), photos, profile=profile, **options)
