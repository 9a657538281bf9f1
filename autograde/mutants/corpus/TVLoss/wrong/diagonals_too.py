"""Diagonal neighbours count as well."""
# a1-tv: diagonals
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return dv.abs().mean() + dh.abs().mean() + (img[:, :, 1:, 1:] - img[:, :, :-1, :-1]).abs().mean()
