"""forward is indented wrongly and is no method."""
# a1-tv: no-forward
class TVLoss(nn.Module):
    pass

def forward(self, img):
    return torch.diff(img, dim=2).abs().mean() + torch.diff(img, dim=3).abs().mean()
