"""Spells the keys in capitals."""
# a4-compare: metrics-missing
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "MSE": mse(output, target).mean().item(),
            "PSNR": psnr(output, target).mean().item(),
            "LPIPS": lpips(output, target).mean().item(),
        }
    return results
