"""Puts an enlargement in front of the network."""
# a4-train: other-network
def train_mse(model, photos, profile, **options):
    ganz = nn.Sequential(nn.Upsample(scale_factor=2), model)
    return fit(ganz, nn.MSELoss(), photos, profile=profile, **options)
