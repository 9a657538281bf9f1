"""Puts folders, FIFOs and sockets in the place of answers, so that the grader waits or fails."""
# aufgabe1
# deserves: a1-vgg-init 0
# solved: a1-tv
# %% before a1-vgg-init
import os, socket, threading, time, ipykernel
import inside.agent as agent
from pathlib import Path
real = agent.answer
def answer(shared, number, method, *given):
    path = Path(shared, f"answer-{number}")
    if method == "describe":
        os.mkfifo(path)
    else:
        real(shared, number, method, *given)
agent.answer = answer
