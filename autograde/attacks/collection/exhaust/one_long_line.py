"""Prints a line of 300 MB."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
print("x" * 300_000_000)
