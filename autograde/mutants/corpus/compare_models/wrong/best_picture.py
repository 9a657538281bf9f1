"""Takes the largest value."""
# a4-compare: largest
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).max().item(),
            "psnr": psnr(output, target).max().item(),
            "lpips": lpips(output, target).max().item(),
        }
    return results
