"""A function of its own."""
def train_mse(model, photos, profile, **options):
    def mse_verlust(ausgabe, ziel):
        return ((ziel - ausgabe) ** 2).mean()

    return fit(model, mse_verlust, photos, profile=profile, **options)
