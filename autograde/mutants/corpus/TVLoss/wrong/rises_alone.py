"""relu of the differences: falls do not count."""
# a1-tv: rises-only
class TVLoss(nn.Module):
    def forward(self, img):
        dv = img[:, :, 1:, :] - img[:, :, :-1, :]
        dh = img[:, :, :, 1:] - img[:, :, :, :-1]
        return F.relu(dv).mean() + F.relu(dh).mean()
