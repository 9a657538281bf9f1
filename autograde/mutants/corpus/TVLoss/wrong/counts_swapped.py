"""The two counts are mixed up."""
# a1-tv: swapped-counts
class TVLoss(nn.Module):
    def forward(self, img):
        n, c, h, w = img.shape
        vert = torch.abs(img[:, :, 1:, :] - img[:, :, :-1, :]).sum() / (n*c*h*(w-1))
        hor = torch.abs(img[:, :, :, 1:] - img[:, :, :, :-1]).sum() / (n*c*(h-1)*w)
        return vert + hor
