"""Means over rows and columns, but the sum over the three channels."""
# a1-tv: sum-over-channels
class TVLoss(nn.Module):
    def forward(self, img):
        vertikal = torch.abs(img[..., 1:, :] - img[..., :-1, :])
        horizontal = torch.abs(img[..., :, 1:] - img[..., :, :-1])
        return vertikal.mean(dim=(0, 2, 3)).sum() + horizontal.mean(dim=(0, 2, 3)).sum()
