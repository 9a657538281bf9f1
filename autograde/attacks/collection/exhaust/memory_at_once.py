"""Takes all of the memory at once."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
x = [torch.ones(2**29) for _ in range(16)]
