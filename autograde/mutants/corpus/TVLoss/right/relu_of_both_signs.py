"""The absolute value as relu(d) + relu(-d)."""
def betrag(d):
    return F.relu(d) + F.relu(-d)

class TVLoss(nn.Module):
    def forward(self, img):
        zeilen = img[..., 1:, :] - img[..., :-1, :]
        spalten = img[..., 1:] - img[..., :-1]
        return betrag(zeilen).mean() + betrag(spalten).mean()
