"""Collects the values of all networks in the same lists."""
# a4-compare: accumulated
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    alle = []
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        alle.append([f(output, target).mean().item() for f in (mse, psnr, lpips)])
        m, p, l = torch.tensor(alle).mean(0).tolist()
        results[name] = {
            "mse": m,
            "psnr": p,
            "lpips": l,
        }
    return results
