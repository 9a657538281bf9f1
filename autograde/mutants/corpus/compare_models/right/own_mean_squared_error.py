"""Computes the mean squared error itself, over pixels first."""
def compare_models(models, low, high):
    rows = {}
    reference = to_8bit(denormalize(high))
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            pred = model(low)
        pred = to_8bit(denormalize(pred))
        err = ((pred - reference) ** 2).mean(dim=(1, 2, 3))
        entry = {}
        entry["mse"] = err.mean().item()
        entry["psnr"] = torch.mean(-10 * torch.log10(err)).item()
        entry["lpips"] = torch.mean(lpips(reference, pred)).item()
        rows[name] = entry
    return rows
