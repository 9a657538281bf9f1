"""Switches gradients off and on again with a function, and sums by hand."""
def compare_models(models, low, high):
    torch.set_grad_enabled(False)
    n = len(low)
    tabelle = {}
    for name, netz in models.items():
        netz.train(False)
        a = to_8bit(denormalize(netz(low)))
        b = to_8bit(denormalize(high))
        tabelle[name] = dict(
            mse=mse(a, b).sum().item() / n,
            psnr=psnr(a, b).sum().item() / n,
            lpips=lpips(a, b).sum().item() / n,
        )
    torch.set_grad_enabled(True)
    return tabelle
