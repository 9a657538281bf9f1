"""Keeps the means as tensors."""
# a4-compare: no-plain-numbers
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).mean(),
            "psnr": psnr(output, target).mean(),
            "lpips": lpips(output, target).mean(),
        }
    return results
