"""Makes folders in folders until no path reaches the innermost, and removing them takes more calls than Python allows."""
# aufgabe1
# %% a1-tv
import ipykernel, os
os.chdir(os.path.dirname(ipykernel.get_connection_file()))
for _ in range(4000):
    os.mkdir("d")
    os.chdir("d")
