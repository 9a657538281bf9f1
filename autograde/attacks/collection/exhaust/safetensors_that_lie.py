"""Answers with tensors whose offsets, shapes and types do not belong together: larger than the file, negative, overlapping."""
# aufgabe1
# %% a1-tv
import json
import inside.agent as agent
bad = [
    {"dtype": "F32", "shape": [2**40, 2**40], "data_offsets": [0, 4]},
    {"dtype": "F32", "shape": [-1], "data_offsets": [0, 4]},
    {"dtype": "F64", "shape": [], "data_offsets": [2**63, 2**64]},
    {"dtype": "F8_E4M3", "shape": [4], "data_offsets": [0, 4]},
    {"dtype": "XX", "shape": [0] * 1000, "data_offsets": [0, 0]},
    {"dtype": "F4", "shape": [8], "data_offsets": [0, 4]},
]
facts = {"value": {"tensor": "0"}, "kind": "Tensor", "gradients": [], "differentiable": True, "untrained": [], "changed_inputs": False, "convolutions": 0, "failure": None}
def answer(shared, number, *given):
    header = json.dumps({"0": bad[int(number, 16) % len(bad)], "__metadata__": {"facts": json.dumps(facts)}}).encode()
    with open(f"{shared}/answer-{number}", "wb") as file:
        file.write(len(header).to_bytes(8, "little") + header + b"\0" * 4)
agent.answer = answer
