"""Hooks at the layers take the gradients off that were recorded."""
# a4-compare: with-gradients
def compare_models(models, low, high):
    target = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        for layer in model.children():
            layer.register_forward_hook(lambda module, given, output: output.detach())
        output = to_8bit(denormalize(model(low).detach()))
        results[name] = {
            "mse": mse(output, target).mean().item(),
            "psnr": psnr(output, target).mean().item(),
            "lpips": lpips(output, target).mean().item(),
        }
    return results
