"""Both sums divided by the number of all values."""
# a1-tv: sum-per-pixel
class TVLoss(nn.Module):
    def forward(self, img):
        diff1 = torch.sum(torch.abs(img[:, :, :-1, :] - img[:, :, 1:, :]))
        diff2 = torch.sum(torch.abs(img[:, :, :, :-1] - img[:, :, :, 1:]))
        return (diff1 + diff2) / img.numel()
