"""Repeats the last row and column, which adds differences of zero."""
# a1-tv: sum-per-pixel
class TVLoss(nn.Module):
    def forward(self, img):
        x = F.pad(img, (0, 1, 0, 1), mode='replicate')
        dv = x[:, :, 1:, :-1] - x[:, :, :-1, :-1]
        dh = x[:, :, :-1, 1:] - x[:, :, :-1, :-1]
        return dv.abs().mean() + dh.abs().mean()
