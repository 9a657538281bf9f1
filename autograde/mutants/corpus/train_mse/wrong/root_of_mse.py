"""Takes the root."""
# a4-train: loss=rmse
def train_mse(model, photos, profile, **options):
    return fit(model, lambda x, y: torch.sqrt(((x - y) ** 2).mean()), photos, profile=profile, **options)
