"""A helper for one network and a comprehension."""
@torch.no_grad()
def bewerte(netz, low, wahr):
    netz.eval()
    bild = to_8bit(denormalize(netz(low)))
    masse = {"mse": mse, "psnr": psnr, "lpips": lpips}
    return {key: float(f(bild, wahr).mean()) for key, f in masse.items()}


def compare_models(models, low, high):
    wahr = to_8bit(denormalize(high))
    return {name: bewerte(m, low, wahr) for name, m in models.items()}
