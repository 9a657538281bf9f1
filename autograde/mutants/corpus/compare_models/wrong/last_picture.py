"""Keeps the values of the last picture."""
# a4-compare: last
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target)[-1].item(),
            "psnr": psnr(output, target)[-1].item(),
            "lpips": lpips(output, target)[-1].item(),
        }
    return results
