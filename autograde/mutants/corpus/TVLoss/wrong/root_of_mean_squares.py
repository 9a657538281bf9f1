"""Root of the mean square of each direction."""
# a1-tv: root-mean-square
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return dv.pow(2).mean().sqrt() + dh.pow(2).mean().sqrt()
