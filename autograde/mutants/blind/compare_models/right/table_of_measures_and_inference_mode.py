"""Runs the network in inference mode inside a helper and goes through a table of measures in a nested comprehension."""

MEASURES = {"mse": mse, "psnr": psnr, "lpips": lpips}


def shown(tensor):
    return to_8bit(denormalize(tensor))


def upscaled(network, low):
    with torch.inference_mode():
        return shown(network.eval()(low))


def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = shown(high)
    outputs = {name: upscaled(network, low) for name, network in models.items()}
    return {
        name: {key: float(measure(output, truth).mean()) for key, measure in MEASURES.items()}
        for name, output in outputs.items()
    }
