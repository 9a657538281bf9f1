"""Waits for a lock that it holds itself, in forward and in the import lock."""
# aufgabe1
# %% a1-tv
import threading
lock = threading.Lock()
lock.acquire()
class TVLoss(nn.Module):
    def forward(self, img):
        lock.acquire()
