"""Replaces sys.stdout, sys.stderr, sys.displayhook and sys.excepthook by objects that hide every error."""
# aufgabe1
# %% a1-tv
import io, sys
class Quiet(io.StringIO):
    def write(self, text):
        return len(text)
sys.stdout = sys.stderr = Quiet()
sys.displayhook = lambda value: None
sys.excepthook = lambda *error: None
get_ipython().showtraceback = lambda *given, **more: None
get_ipython().display_pub.publish = lambda *given, **more: None
