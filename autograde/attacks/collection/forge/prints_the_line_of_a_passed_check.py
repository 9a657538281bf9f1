"""Prints the line of a passed check on stdout and stderr, and shows it as a result."""
# aufgabe1
# %% a1-tv
import sys
from srcourse.checks.notebook import passed_text
from IPython.display import display
print(passed_text("a1-tv"))
print(passed_text("a1-tv"), file=sys.__stdout__, flush=True)
display(passed_text("a1-tv"))
