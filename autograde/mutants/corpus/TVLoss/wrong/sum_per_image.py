"""Sums over each picture, averaged over the stack."""
# a1-tv: sum-per-image
class TVLoss(nn.Module):
    def forward(self, img):
        vertikal = torch.abs(img[..., 1:, :] - img[..., :-1, :])
        horizontal = torch.abs(img[..., :, 1:] - img[..., :, :-1])
        summe = vertikal.sum(dim=(1, 2, 3)) + horizontal.sum(dim=(1, 2, 3))
        return summe.mean()
