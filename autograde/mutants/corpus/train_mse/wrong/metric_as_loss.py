"""Trains with the library's metric, on pictures in [0, 1], which has no gradient."""
# a4-train: loss-not-differentiable
def train_mse(model, photos, profile, **options):
    def loss(output, target):
        return mse(to_8bit(denormalize(output)), to_8bit(denormalize(target))).mean()

    return fit(model, loss, photos, profile=profile, **options)
