"""Divides by N, H and W and forgets the channels."""
# a1-tv: sum-per-image-and-place
class TVLoss(nn.Module):
    def forward(self, img):
        N, _, H, W = img.shape
        tv = (img[:, :, 1:] - img[:, :, :-1]).abs().sum() + (img[:, :, :, 1:] - img[:, :, :, :-1]).abs().sum()
        return tv / (N * H * W)
