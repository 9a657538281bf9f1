"""Exchanges MSE and PSNR."""
# a4-compare: metrics-swapped
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": psnr(output, target).mean().item(),
            "psnr": mse(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
