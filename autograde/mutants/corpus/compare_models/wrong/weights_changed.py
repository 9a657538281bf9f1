"""Moves the weights while measuring."""
# a4-compare: changes-models
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            output = to_8bit(denormalize(model(low)))
        for p in model.parameters():
            p.data.mul_(0.9)
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
