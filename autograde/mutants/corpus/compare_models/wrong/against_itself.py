"""Compares the output with itself."""
# a4-compare: against-itself
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, output).mean().item(),
            "psnr": psnr(output, output).mean().item(),
            "lpips": lpips(output, output).mean().item(),
        }
    return results
