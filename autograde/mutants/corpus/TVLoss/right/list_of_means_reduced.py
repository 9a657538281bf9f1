"""Mean per picture, then over the pictures; fp32 throughout."""
class TVLoss(nn.Module):
    def forward(self, img):
        dy = torch.abs(torch.diff(img, dim=-2)).flatten(start_dim=1).mean(dim=1)
        dx = torch.abs(torch.diff(img, dim=-1)).flatten(start_dim=1).mean(dim=1)
        return torch.mean(dy + dx)
