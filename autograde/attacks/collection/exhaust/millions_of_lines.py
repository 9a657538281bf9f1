"""Prints ten million lines."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
for number in range(10_000_000):
    print(number, "a line that nobody will ever read")
