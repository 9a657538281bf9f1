"""Calls home over TCP and UDP, on this machine, its network and the internet, and asks for names."""
# aufgabe1
# %% a1-tv
import socket
for host in ("127.0.0.1", "localhost", "@HOST@", "::1", "192.0.2.1"):
    try:
        with socket.create_connection((host, int("@PORT@")), 2) as out:
            out.send(b"@NAME@")
            print("ENTKOMMEN", host)
    except OSError as error:
        print(error)
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.socket(family, socket.SOCK_DGRAM).sendto(b"@NAME@", (host, int("@PORT@")))
        print("sent", host)
    except OSError as error:
        print(error)
for name in ("example.org", "localhost.localdomain", "@HOST@"):
    try:
        print(socket.getaddrinfo(name, 80))
    except OSError as error:
        print(error)
if any(name != "lo" for _, name in socket.if_nameindex()):
    print("ENTKOMMEN", socket.if_nameindex())
