"""The larger of the two means."""
# a1-tv: larger-direction
class TVLoss(nn.Module):
    def forward(self, img):
        vertikal = torch.abs(img[..., 1:, :] - img[..., :-1, :])
        horizontal = torch.abs(img[..., :, 1:] - img[..., :, :-1])
        return max(vertikal.mean(), horizontal.mean())
