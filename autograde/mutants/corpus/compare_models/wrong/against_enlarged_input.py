"""Compares with the enlarged input."""
# a4-compare: against-low
def compare_models(models, low, high):
    target = to_8bit(denormalize(nn.functional.interpolate(low, scale_factor=2, mode='bilinear')))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
