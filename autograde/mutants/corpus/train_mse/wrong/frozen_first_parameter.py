"""Freezes all parameters but the last."""
# a4-train: frozen-part
def train_mse(model, photos, profile, **options):
    params = list(model.parameters())
    for p in params[:-1]:
        p.requires_grad = False
    return fit(model, nn.MSELoss(), photos, profile=profile, **options)
