"""Starts processes when Python ends: atexit, finalizers, __del__, and a signal handler."""
# aufgabe1
# %% a1-tv
import atexit, signal, subprocess, weakref
def later(*given):
    subprocess.Popen(["sleep", "@NUMBER@"], start_new_session=True)
atexit.register(later)
class Last:
    def __del__(self):
        later()
last = Last()
weakref.finalize(last, later)
for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
    signal.signal(number, later)
