"""Converts the picture to float32 first, in case it comes as bytes."""
class TVLoss(nn.Module):
    def forward(self, img):
        img = img.float()
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return dv.abs().mean() + dh.abs().mean()
