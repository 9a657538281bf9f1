"""F.mse_loss in the place of F.l1_loss."""
# a1-tv: squared
class TVLoss(nn.Module):
    def forward(self, img):
        return F.mse_loss(img[:, :, 1:], img[:, :, :-1]) + F.mse_loss(img[..., 1:], img[..., :-1])
