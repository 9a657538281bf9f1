"""Rounds first and takes back to [0, 1] afterwards."""
# a4-compare: wrong-order
def compare_models(models, low, high):
    target = denormalize(to_8bit(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = denormalize(to_8bit(model(low)))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
