"""Root of each absolute value."""
# a1-tv: root
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return dv.abs().sqrt().mean() + dh.abs().sqrt().mean()
