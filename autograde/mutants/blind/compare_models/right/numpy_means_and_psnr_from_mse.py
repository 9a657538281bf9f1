"""Derives the PSNR of every image from its MSE and averages with numpy."""

import numpy as np


def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    with torch.set_grad_enabled(False):
        truth = to_8bit(denormalize(high))
        rows = {}
        for name, model in models.items():
            picture = to_8bit(denormalize(model.eval()(low)))
            errors = mse(picture, truth)
            decibel = -10 * torch.log10(errors)
            distances = lpips(picture, truth)
            rows[name] = {
                "mse": float(np.mean(errors.cpu().numpy())),
                "psnr": float(np.mean(decibel.cpu().numpy())),
                "lpips": float(np.mean(distances.cpu().numpy())),
            }
    return rows
