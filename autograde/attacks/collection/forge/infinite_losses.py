"""Returns infinity as a loss and in the gradients."""
# aufgabe1
# %% a1-tv
class TVLoss(nn.Module):
    def forward(self, img):
        return img.sum() * float("inf")
