"""Uses another loss than demanded."""
# a4-train: loss=l1
def train_mse(model, photos, profile, **options):
    return fit(model, nn.L1Loss(), photos, profile=profile, **options)
