"""Always trains with the generator loss."""
# a5-train: loss=generator
def train_upscale4x(model, loss_name, photos, profile, **options):
    loss = GeneratorLoss()
    return fit(model, loss, photos, profile=profile, **options)
