"""Expects exactly the names "MSE" and "Perceptual", although the dictionary may hold any number of networks under any names."""
# a4-compare: error-key


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))

    def measure(model):
        model.eval()
        output = to_8bit(denormalize(model(low)))
        return {
            "mse": mse(output, truth).mean().item(),
            "psnr": psnr(output, truth).mean().item(),
            "lpips": lpips(output, truth).mean().item(),
        }

    return {"MSE": measure(models["MSE"]), "Perceptual": measure(models["Perceptual"])}
