"""Asks for input, a password, and reads from stdin."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
import getpass, sys
class TVLoss(nn.Module):
    def forward(self, img):
        for ask in (input, getpass.getpass, sys.stdin.read):
            try:
                ask()
            except Exception:
                pass
        return img.sum() * float(input("Wert?"))
