"""Counts each pair twice, once from each of its pixels."""
# a1-tv: factor
class TVLoss(nn.Module):
    def forward(self, img):
        v1 = (img[:, :, 1:] - img[:, :, :-1]).abs().mean()
        v2 = (img[:, :, :-1] - img[:, :, 1:]).abs().mean()
        h1 = (img[:, :, :, 1:] - img[:, :, :, :-1]).abs().mean()
        h2 = (img[:, :, :, :-1] - img[:, :, :, 1:]).abs().mean()
        return v1 + v2 + h1 + h2
