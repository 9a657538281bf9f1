"""1-norm divided by the number of differences."""
class TVLoss(nn.Module):
    def forward(self, img):
        tv = 0
        for d in (2, 3):
            diff = img.diff(dim=d)
            tv = tv + diff.norm(p=1) / diff.numel()
        return tv
