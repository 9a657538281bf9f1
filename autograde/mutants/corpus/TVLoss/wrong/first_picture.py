"""Looks at the first picture alone."""
# a1-tv: first-image
class TVLoss(nn.Module):
    def forward(self, img):
        x = img[0]
        return (x[:, 1:] - x[:, :-1]).abs().mean() + (x[:, :, 1:] - x[:, :, :-1]).abs().mean()
