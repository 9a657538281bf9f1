"""Forgets two of the three channels."""
# a1-tv: first-channel
class TVLoss(nn.Module):
    def forward(self, img):
        x = img[:, 0]
        return (x[:, 1:] - x[:, :-1]).abs().mean() + (x[:, :, 1:] - x[:, :, :-1]).abs().mean()
