"""Takes memory in processes that each stay below a limit, and in shared memory that belongs to nobody."""
# aufgabe1
# %% a1-tv
import mmap, os, time
for _ in range(12):
    if os.fork() == 0:
        x = mmap.mmap(-1, 2**29)
        for place in range(0, 2**29, 2**20):
            x[place : place + 2**20] = b"1" * 2**20
        time.sleep(60)
time.sleep(60)
