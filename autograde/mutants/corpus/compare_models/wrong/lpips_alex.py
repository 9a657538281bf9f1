"""Takes AlexNet for LPIPS."""
# a4-compare: alex
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target, 'alex').mean().item(),
        }
    return results
