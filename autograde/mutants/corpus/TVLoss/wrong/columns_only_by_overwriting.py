"""Overwrites the vertical part instead of adding to it."""
# a1-tv: horizontal-only
class TVLoss(nn.Module):
    def forward(self, img):
        for dim in (2, 3):
            tv = torch.diff(img, dim=dim).abs().mean()
        return tv
