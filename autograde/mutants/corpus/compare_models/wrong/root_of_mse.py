"""Takes the root of the error."""
# a4-compare: rmse
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": mse(output, target).sqrt().mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
