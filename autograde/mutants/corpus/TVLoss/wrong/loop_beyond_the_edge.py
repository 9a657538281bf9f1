"""The loop runs one row too far."""
# a1-tv: error-index
class TVLoss(nn.Module):
    def forward(self, img):
        H, W = img.shape[2], img.shape[3]
        tv = 0
        for i in range(H):
            tv = tv + (img[:, :, i + 1] - img[:, :, i]).abs().mean() / (H - 1)
        for j in range(W):
            tv = tv + (img[:, :, :, j + 1] - img[:, :, :, j]).abs().mean() / (W - 1)
        return tv
