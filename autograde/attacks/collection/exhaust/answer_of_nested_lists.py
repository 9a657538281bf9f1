"""Answers with JSON nested a million deep, numbers of a million digits, and NaN in place of numbers."""
# aufgabe1
# %% a1-tv
import json
import inside.agent as agent
bad = ["[" * 1_000_000, "1" * 1_000_000, '{"value": NaN}', '"\\ud800"', "-Infinity", '{"mapping": ' * 10_000]
def answer(shared, number, *given):
    facts = bad[int(number, 16) % len(bad)]
    header = json.dumps({"__metadata__": {"facts": facts}}).encode()
    with open(f"{shared}/answer-{number}", "wb") as file:
        file.write(len(header).to_bytes(8, "little") + header)
agent.answer = answer
