"""Writes the numbers to the wrong names."""
# a4-compare: swapped
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    names = list(models)
    for name, model in zip(names[1:] + names[:1], models.values()):
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
