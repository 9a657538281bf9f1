"""Divides by the pairs of neighbours in one channel of one picture."""
# a1-tv: sum-over-images-and-channels
class TVLoss(nn.Module):
    def forward(self, img):
        h, w = img.shape[-2:]
        vertical = (img[..., 1:, :] - img[..., :-1, :]).abs().sum() / ((h - 1) * w)
        horizontal = (img[..., 1:] - img[..., :-1]).abs().sum() / (h * (w - 1))
        return vertical + horizontal
