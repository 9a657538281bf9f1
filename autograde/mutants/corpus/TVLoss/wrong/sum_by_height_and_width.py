"""Divides by H times W only."""
# a1-tv: sum-per-place
class TVLoss(nn.Module):
    def forward(self, img):
        n, c, h, w = img.size()
        tv_h = torch.abs(img[:, :, 1:, :] - img[:, :, :-1, :]).sum()
        tv_w = torch.abs(img[:, :, :, 1:] - img[:, :, :, :-1]).sum()
        return (tv_h + tv_w) / (h * w)
