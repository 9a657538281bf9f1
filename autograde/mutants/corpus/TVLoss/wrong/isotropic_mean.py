"""The isotropic form: a root over both directions."""
# a1-tv: isotropic
class TVLoss(nn.Module):
    def forward(self, img):
        dy = img[:, :, 1:, :-1] - img[:, :, :-1, :-1]
        dx = img[:, :, :-1, 1:] - img[:, :, :-1, :-1]
        return torch.sqrt(dx ** 2 + dy ** 2).mean()
