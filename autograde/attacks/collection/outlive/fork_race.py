"""Forks without end and dies, so that there is always a process that a killer has not seen yet."""
# aufgabe1
# solved: a1-vgg-init
# %% a1-tv
import os, time
if os.fork() == 0:
    os.setsid()
    end = time.time() + 8
    while time.time() < end:
        try:
            if os.fork():
                os._exit(0)
        except OSError:
            pass
    os.execvp("sleep", ["sleep", "@NUMBER@"])
