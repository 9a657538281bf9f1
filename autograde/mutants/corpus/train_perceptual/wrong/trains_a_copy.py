"""Trains a copy of the network."""
# a3-train: untrained
def train_perceptual(model, photos, profile, **options):
    import copy
    netz = copy.deepcopy(model)
    return fit(netz, GeneratorLoss(), photos, profile=profile, **options)
