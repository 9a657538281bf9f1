"""Hands each option on by itself, one of them as what it says."""
def train_mse(model, photos, profile, device=None, seed=0, callbacks=(), resume=False, **options):
    return fit(
        model, nn.MSELoss(), photos, profile=profile, device=device, seed=seed, callbacks=callbacks, resume=bool(resume), **options
    )
