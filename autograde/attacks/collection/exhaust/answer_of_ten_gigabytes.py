"""Writes a file with a hole of ten gigabytes as its answer, as far as it may."""
# aufgabe1
# %% a1-tv
import os
import inside.agent as agent
def answer(shared, number, *given):
    handle = os.open(f"{shared}/answer-{number}", os.O_CREAT | os.O_RDWR)
    for size in (10 * 2**30, 2**28 + 1, 2**28, 2**27):
        try:
            os.ftruncate(handle, size)
            break
        except OSError as error:
            print(error)
agent.answer = answer
