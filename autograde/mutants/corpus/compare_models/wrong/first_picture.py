"""Looks at the first picture only."""
# a4-compare: first
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target)[0].item(),
            "psnr": psnr(output, target)[0].item(),
            "lpips": lpips(output, target)[0].item(),
        }
    return results
