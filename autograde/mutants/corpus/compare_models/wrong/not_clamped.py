"""Leaves to_8bit out."""
# a4-compare: unclamped
def compare_models(models, low, high):
    target = denormalize(high)
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = denormalize(model(low))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
