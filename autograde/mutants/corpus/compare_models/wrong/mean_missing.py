"""Keeps one value per picture."""
# a4-compare: no-numbers
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target),
            "psnr": psnr(output, target),
            "lpips": lpips(output, target),
        }
    return results
