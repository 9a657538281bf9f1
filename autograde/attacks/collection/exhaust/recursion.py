"""Recurses without end in Python, in C, and in what its result contains."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
import sys
sys.setrecursionlimit(10**9)
class TVLoss(nn.Module):
    def forward(self, img):
        return self.forward(img)
    def __repr__(self):
        return repr(self)
