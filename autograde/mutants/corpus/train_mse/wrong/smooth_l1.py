"""Uses the smooth L1 loss."""
# a4-train: loss=smooth-l1
def train_mse(model, photos, profile, **options):
    return fit(model, nn.SmoothL1Loss(), photos, profile=profile, **options)
