"""Uses inference mode and own PSNR per picture."""
def compare_models(models, low, high):
    results = {}
    with torch.inference_mode():
        target = to_8bit(denormalize(high))
        for name, model in models.items():
            output = to_8bit(denormalize(model.eval()(low)))
            fehler = mse(output, target)
            results[name] = {
                "mse": fehler.mean().item(),
                "psnr": (20 * torch.log10(1.0 / fehler.sqrt())).mean().item(),
                "lpips": lpips(output, target).mean().item(),
            }
    return results
