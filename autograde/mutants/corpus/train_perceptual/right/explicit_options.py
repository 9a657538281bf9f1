"""Names the options and hands each on."""
def train_perceptual(model, photos, profile, device=None, seed=0, callbacks=(), log_dir=None, resume=False):
    return fit(
        model, GeneratorLoss(), photos, profile=profile, device=device, seed=seed, callbacks=callbacks, log_dir=log_dir, resume=resume
    )
