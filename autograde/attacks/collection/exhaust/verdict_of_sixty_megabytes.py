"""Fails with a message of 60 MB, which the grader would show on the page of the verdict."""
# aufgabe1
# %% a1-tv
import inside.agent as agent
from inside.wire import encode
import inside.wire as wire
from pathlib import Path
wire.LONGEST_TEXT = 10**9
from srcourse.checks.submission import Failure, Outcome
def answer(shared, number, *given):
    Path(shared, f"answer-{number}").write_bytes(encode(Outcome(failure=Failure("error", "x <b>" * 12_000_000))))
agent.answer = answer
