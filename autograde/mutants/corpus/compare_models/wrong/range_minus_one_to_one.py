"""Takes the pictures to [-1, 1] for LPIPS."""
# a4-compare: range
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(2 * output - 1, 2 * target - 1).mean().item(),
        }
    return results
