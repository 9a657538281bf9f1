"""Sums the squared errors."""
# a4-train: loss=squares-summed
def train_mse(model, photos, profile, **options):
    return fit(model, nn.MSELoss(reduction='sum'), photos, profile=profile, **options)
