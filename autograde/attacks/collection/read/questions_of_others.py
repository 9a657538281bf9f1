"""Looks for folders that other sandboxes share with the grader."""
# aufgabe1
# %% a1-tv
import glob, ipykernel, os
own = os.path.dirname(ipykernel.get_connection_file())
for folder in glob.glob("/tmp/kurs-*"):
    if folder != own:
        print("ENTKOMMEN", folder, os.listdir(folder))
for folder in glob.glob("/tmp/attacks-*"):
    print(folder, [name for _, _, names in os.walk(folder) for name in names])
