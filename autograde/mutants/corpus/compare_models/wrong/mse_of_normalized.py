"""Computes the mean squared error on normalised tensors."""
# a4-compare: normalized
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            raw = model(low)
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": nn.functional.mse_loss(raw, high).item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
