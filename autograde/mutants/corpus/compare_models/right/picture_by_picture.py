"""Goes through the pictures one by one and restores the mode."""
def compare_models(models, low, high):
    ergebnis = dict()
    for name in models:
        model = models[name]
        was_training = model.training
        model.eval()
        werte = {"mse": [], "psnr": [], "lpips": []}
        with torch.no_grad():
            for i in range(low.shape[0]):
                out = model(low[i : i + 1])
                out = to_8bit(denormalize(out))
                gt = to_8bit(denormalize(high[i : i + 1]))
                werte["mse"].append(mse(out, gt).item())
                werte["psnr"].append(psnr(out, gt).item())
                werte["lpips"].append(lpips(out, gt).item())
        ergebnis[name] = {k: sum(v) / len(v) for k, v in werte.items()}
        model.train(was_training)
    return ergebnis
