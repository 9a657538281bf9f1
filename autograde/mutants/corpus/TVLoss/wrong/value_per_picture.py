"""One value for each picture."""
# a1-tv: not-scalar
class TVLoss(nn.Module):
    def forward(self, img):
        vertikal = torch.abs(img[..., 1:, :] - img[..., :-1, :])
        horizontal = torch.abs(img[..., :, 1:] - img[..., :, :-1])
        return vertikal.mean(dim=(1, 2, 3)) + horizontal.mean(dim=(1, 2, 3))
