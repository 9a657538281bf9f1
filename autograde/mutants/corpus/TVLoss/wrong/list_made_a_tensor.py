"""torch.tensor of the numbers cuts the gradient."""
# a1-tv: no-gradient
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return torch.tensor([dv.abs().mean(), dh.abs().mean()]).sum()
