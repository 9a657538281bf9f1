"""Rounds all values to two decimals for a nicer table, which turns small MSE values into zero."""
# a4-compare: rounded


@torch.no_grad()
def compare_models(models, low, high):
    """Return for each name a dictionary with the mean "mse", "psnr" and "lpips" over all images."""
    truth = to_8bit(denormalize(high))
    results = {}
    for name, model in models.items():
        model.eval()
        output = to_8bit(denormalize(model(low)))
        results[name] = {
            "mse": round(mse(output, truth).mean().item(), 2),
            "psnr": round(psnr(output, truth).mean().item(), 2),
            "lpips": round(lpips(output, truth).mean().item(), 2),
        }
    return results
