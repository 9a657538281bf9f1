"""Sends one image after the other through the network, collects the values in lists and averages them with statistics.fmean."""

from statistics import fmean


def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    ergebnis = {}
    for name, netz in models.items():
        netz.train(False)
        listen = {"mse": [], "psnr": [], "lpips": []}
        for i in range(low.shape[0]):
            with torch.no_grad():
                bild = netz(low[i : i + 1])
            bild = to_8bit(denormalize(bild))
            original = to_8bit(denormalize(high[i : i + 1]))
            listen["mse"].append(mse(bild, original).item())
            listen["psnr"].append(psnr(bild, original).item())
            listen["lpips"].append(lpips(bild, original).item())
        ergebnis[name] = {mass: fmean(werte) for mass, werte in listen.items()}
    return ergebnis
