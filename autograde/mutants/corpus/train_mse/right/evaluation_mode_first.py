"""Switches to evaluation mode first, which fit undoes."""
def train_mse(model, photos, profile, **options):
    model.eval()
    for p in model.parameters():
        p.requires_grad = True
    return fit(model, lambda a, b: torch.pow(a - b, 2).sum() / a.numel(), photos, profile=profile, **options)
