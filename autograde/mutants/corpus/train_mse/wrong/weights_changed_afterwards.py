"""Adds noise to the weights after the training."""
# a4-train: changed-after-fit
def train_mse(model, photos, profile, **options):
    history = fit(model, nn.MSELoss(), photos, profile=profile, **options)
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.01 * torch.randn_like(p))
    return history
