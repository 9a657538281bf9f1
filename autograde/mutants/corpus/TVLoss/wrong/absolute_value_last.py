"""abs of each mean."""
# a1-tv: abs-of-mean
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return torch.abs(torch.mean(dv)) + torch.abs(torch.mean(dh))
