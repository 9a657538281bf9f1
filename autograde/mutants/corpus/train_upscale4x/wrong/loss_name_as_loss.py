"""Hands the name on as the loss."""
# a5-train: error-not-callable
def train_upscale4x(model, loss_name, photos, profile, **options):
    return fit(model, loss_name, photos, profile=profile, **options)
