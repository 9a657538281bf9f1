"""Each direction weighted with one half."""
# a1-tv: half
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return 0.5 * dv.abs().mean() + 0.5 * dh.abs().mean()
