"""Slices the second and third axis, as for (N, H, W, 3)."""
# a1-tv: channels-rows
class TVLoss(nn.Module):
    def forward(self, img):
        dy = torch.abs(img[:, 1:, :] - img[:, :-1, :])
        dx = torch.abs(img[:, :, 1:] - img[:, :, :-1])
        return dy.mean() + dx.mean()
