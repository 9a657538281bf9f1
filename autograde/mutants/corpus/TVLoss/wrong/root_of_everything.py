"""One root over the sum of the mean squares."""
# a1-tv: root-of-sum
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return torch.sqrt(torch.mean(dv ** 2) + torch.mean(dh ** 2))
