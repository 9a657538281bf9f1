"""Calls home over Unix sockets: with a path, abstract, and those that services listen on in /run."""
# aufgabe1
# %% a1-tv
import glob, socket
for address in ("@SOCKET@", "\0@ABSTRACT@", *glob.glob("/run/**/*.sock*", recursive=True), "/var/run/docker.sock", "/tmp/.X11-unix/X0"):
    try:
        out = socket.socket(socket.AF_UNIX)
        out.connect(address)
        out.send(b"@NAME@")
        print("ENTKOMMEN", address)
    except OSError as error:
        print(error)
