"""Starts threads without end, in the question and out of it."""
# aufgabe1
# %% a1-tv
import threading, time
def start():
    while True:
        try:
            threading.Thread(target=start, daemon=True).start()
        except RuntimeError:
            time.sleep(1)
start()
