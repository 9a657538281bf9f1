"""Wraps the loss in a function and switches the network to training mode first."""
def train_perceptual(model, photos, profile, **options):
    criterion = GeneratorLoss()
    model.train()
    verlauf = fit(model, lambda out, gt: criterion(out, gt), photos, profile=profile, **options)
    return verlauf
