"""abs of the sum of both means."""
# a1-tv: signed
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return (dv.mean() + dh.mean()).abs()
