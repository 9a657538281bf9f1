"""Subtracts the two means."""
# a1-tv: minus
class TVLoss(nn.Module):
    def forward(self, img):
        vertikal = torch.abs(img[..., 1:, :] - img[..., :-1, :])
        horizontal = torch.abs(img[..., :, 1:] - img[..., :, :-1])
        return vertikal.mean() - horizontal.mean()
