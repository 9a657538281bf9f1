"""Hands normalised tensors to the metrics."""
# a4-compare: range
def compare_models(models, low, high):
    target = high
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = model(low)
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
