"""Never ends, and ignores every signal that can be ignored."""
# aufgabe1
# solved: a1-vgg-init
# human: a1-vgg-init
# %% a1-tv
import signal
for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    pass
