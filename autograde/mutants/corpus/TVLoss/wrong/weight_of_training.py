"""Already multiplies with the weight 0.1 of Aufgabe 3."""
# a1-tv: factor
class TVLoss(nn.Module):
    def forward(self, img):
        vertikal = torch.abs(img[..., 1:, :] - img[..., :-1, :])
        horizontal = torch.abs(img[..., :, 1:] - img[..., :, :-1])
        return 0.1 * (vertikal.mean() + horizontal.mean())
