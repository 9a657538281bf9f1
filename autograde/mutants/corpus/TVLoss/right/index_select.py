"""Rows and columns picked by index tensors."""
class TVLoss(nn.Module):
    def forward(self, img):
        h = torch.arange(img.size(2), device=img.device)
        w = torch.arange(img.size(3), device=img.device)
        a = img.index_select(2, h[1:]) - img.index_select(2, h[:-1])
        b = img.index_select(3, w[1:]) - img.index_select(3, w[:-1])
        return a.abs().mean() + b.abs().mean()
