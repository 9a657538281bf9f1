"""Divides by the number of networks."""
# a4-compare: divided-by-networks
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).sum().item() / len(models),
            "psnr": psnr(output, target).sum().item() / len(models),
            "lpips": lpips(output, target).sum().item() / len(models),
        }
    return results
