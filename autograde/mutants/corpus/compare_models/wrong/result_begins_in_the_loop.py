"""Begins a new dictionary for each network."""
# a4-compare: networks-missing
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    for name, model in models.items():
        results = {}
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
