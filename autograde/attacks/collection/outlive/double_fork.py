"""Forks twice, becomes a session of its own, and sleeps on after grading."""
# aufgabe1
# %% a1-tv
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "@NUMBER@"])
    os._exit(0)
