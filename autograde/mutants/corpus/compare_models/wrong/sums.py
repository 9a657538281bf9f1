"""Adds up instead of taking the mean."""
# a4-compare: sum
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).sum().item(),
            "psnr": psnr(output, target).sum().item(),
            "lpips": lpips(output, target).sum().item(),
        }
    return results
