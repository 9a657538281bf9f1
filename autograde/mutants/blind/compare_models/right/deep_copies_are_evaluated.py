"""Evaluates a deep copy of every network so that the originals stay completely untouched."""

import copy


def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    results = {}
    for name, model in models.items():
        network = copy.deepcopy(model).eval()
        with torch.no_grad():
            a = to_8bit(denormalize(network(low)))
        b = to_8bit(denormalize(high))
        values = torch.stack([mse(a, b), psnr(a, b), lpips(a, b)]).mean(dim=1).tolist()
        results[name] = dict(zip(("mse", "psnr", "lpips"), values))
    return results
