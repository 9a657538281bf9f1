"""The ready-made module."""
def train_mse(model, photos, profile, **options):
    criterion = nn.MSELoss(reduction='mean')
    hist = fit(model, criterion, photos, profile=profile, **options)
    return hist
