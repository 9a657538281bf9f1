"""One mean over all differences of both directions."""
# a1-tv: joint-mean
class TVLoss(nn.Module):
    def forward(self, img):
        vertikal = torch.abs(img[..., 1:, :] - img[..., :-1, :])
        horizontal = torch.abs(img[..., :, 1:] - img[..., :, :-1])
        return torch.cat([vertikal.flatten(), horizontal.flatten()]).mean()
