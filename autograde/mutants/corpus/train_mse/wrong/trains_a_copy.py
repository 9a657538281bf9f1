"""Trains a copy of the network."""
# a4-train: untrained
def train_mse(model, photos, profile, **options):
    import copy
    netz = copy.deepcopy(model)
    return fit(netz, nn.MSELoss(), photos, profile=profile, **options)
