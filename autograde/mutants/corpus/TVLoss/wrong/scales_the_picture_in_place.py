"""Shifts the picture to start at 0, in place."""
# a1-tv: changes-inputs
class TVLoss(nn.Module):
    def forward(self, img):
        img -= img.min()
        dv = img[:, :, 1:] - img[:, :, :-1]
        dh = img[..., 1:] - img[..., :-1]
        return dv.abs().mean() + dh.abs().mean()
