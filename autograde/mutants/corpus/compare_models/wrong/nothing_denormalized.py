"""Rounds normalised tensors."""
# a4-compare: not-denormalized
def compare_models(models, low, high):
    target = to_8bit(high)
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(model(low))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
