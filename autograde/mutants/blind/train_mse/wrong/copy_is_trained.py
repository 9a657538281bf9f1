"""Trains a deep copy of the network to protect the original, so the passed network does not change."""
# a4-train: untrained

import copy


def train_mse(model, photos, profile, **options):
    """Train the model in place with the mean squared error and return the history of fit."""
    network = copy.deepcopy(model)
    return fit(network, nn.MSELoss(), photos, profile=profile, **options)
