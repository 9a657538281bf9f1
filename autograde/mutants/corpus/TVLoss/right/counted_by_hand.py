"""Sums divided by counts worked out from the shape."""
class TVLoss(nn.Module):
    def forward(self, img):
        N, C, H, W = img.shape
        # Anzahl Paare
        n_v = N * C * (H-1) * W
        n_h = N * C * H * (W-1)
        sum_v = torch.sum(torch.abs(img[:, :, 1:, :] - img[:, :, :-1, :]))
        sum_h = torch.sum(torch.abs(img[:, :, :, 1:] - img[:, :, :, :-1]))
        return sum_v / n_v + sum_h / n_h
