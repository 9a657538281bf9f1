"""Computes the squared error on denormalised and clamped pictures instead of the normalised tensors."""
# a4-train: loss=denormalized-mse


def train_mse(model, photos, profile, **options):
    """Train the model in place with the mean squared error and return the history of fit."""

    def loss(output, target):
        output = denormalize(output).clamp(0, 1)
        target = denormalize(target).clamp(0, 1)
        return ((output - target) ** 2).mean()

    return fit(model, loss, photos, profile=profile, **options)
