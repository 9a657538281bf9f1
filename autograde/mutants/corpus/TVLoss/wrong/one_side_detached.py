"""Detaches one of the two neighbours."""
# a1-tv: wrong-gradient
class TVLoss(nn.Module):
    def forward(self, img):
        fest = img.detach()
        a = (img[:, :, 1:] - fest[:, :, :-1]).abs().mean()
        b = (img[:, :, :, 1:] - fest[:, :, :, :-1]).abs().mean()
        return a + b
