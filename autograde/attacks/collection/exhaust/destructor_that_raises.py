"""Objects that misbehave when they are collected or copied, in the middle of the grader's questions."""
# aufgabe1
# %% a1-tv
import os
class TVLoss(nn.Module):
    def __del__(self): raise SystemExit
    def __deepcopy__(self, memo): raise KeyboardInterrupt
    def __getattr__(self, name): return self.__getattr__(name)
    def forward(self, img): return img.sum()
