"""Takes the median."""
# a4-compare: median
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).median().item(),
            "psnr": psnr(output, target).median().item(),
            "lpips": lpips(output, target).median().item(),
        }
    return results
