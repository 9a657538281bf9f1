"""torch.roll compares the last pixel with the first."""
# a1-tv: wrapped
class TVLoss(nn.Module):
    def forward(self, img):
        senkrecht = torch.roll(img, shifts=-1, dims=2) - img
        waagerecht = torch.roll(img, shifts=-1, dims=3) - img
        return senkrecht.abs().mean() + waagerecht.abs().mean()
