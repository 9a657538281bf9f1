"""Answers with names and types that are no ordinary strings, and whose methods raise or lie."""
# aufgabe1
# %% a1-tv
class Evil(str):
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __getitem__(self, key): raise SystemExit
    def encode(self, *given): return b"\xff"
class Named(type):
    @property
    def __name__(cls): return Evil("Tensor")
class Result(metaclass=Named):
    pass
class TVLoss(nn.Module):
    def forward(self, img):
        return Result()
