"""Takes the natural logarithm."""
# a4-compare: psnr-natural-log
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": (20 * torch.log(1 / mse(output, target).sqrt())).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
