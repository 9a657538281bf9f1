"""Sends messages with missing fields, wrong types and nested content, signed with the right key."""
# aufgabe1
# solved: a1-vgg-init
# human: a1-vgg-init
# %% a1-tv
import json, ipykernel
from jupyter_client.session import Session
settings = json.load(open(ipykernel.get_connection_file()))
kernel = get_ipython().kernel
own = Session(key=settings["key"].encode(), signature_scheme=settings["signature_scheme"])
parent = kernel.get_parent("shell")
nested = []
for _ in range(500):
    nested = [nested]
for content in ({}, {"text": 5}, {"data": nested}, {"data": {"text/plain": None}}, {"traceback": "x"}, {"name": {}, "text": []}):
    for kind in ("stream", "display_data", "execute_result", "error", "status", "clear_output", "comm_open", "made_up"):
        own.send(kernel.iopub_socket, kind, content, parent=parent)
