"""Permuted to channels last before the differences are taken."""
class TVLoss(nn.Module):
    def forward(self, img):
        x = img.permute(0, 2, 3, 1)   # N H W C
        return (x[:, 1:] - x[:, :-1]).abs().mean() + (x[:, :, 1:] - x[:, :, :-1]).abs().mean()
