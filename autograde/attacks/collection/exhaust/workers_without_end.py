"""Loads data from an endless data set in eight processes."""
# aufgabe1
# %% a1-tv
from torch.utils.data import DataLoader, IterableDataset
class Endless(IterableDataset):
    def __iter__(self):
        while True:
            yield torch.ones(100_000)
class TVLoss(nn.Module):
    def forward(self, img):
        for batch in DataLoader(Endless(), 8, num_workers=8):
            img = img + batch.mean()
        return img.sum()
