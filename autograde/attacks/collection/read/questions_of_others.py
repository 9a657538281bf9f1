"""Looks for folders that other sandboxes share with the grader."""
# aufgabe1
# %% a1-tv
import glob, ipykernel, os
own = os.path.dirname(ipykernel.get_connection_file())
for folder in glob.glob("/tmp/kurs-*"):
    # A forked kernel's own folder lies in that of its parent.
    around = own.startswith(folder + "/")
    others = [one for one in os.listdir(folder) if not own.startswith(os.path.join(folder, one))]
    if folder != own and (others or not around):
        print("ENTKOMMEN", folder, others)
for folder in glob.glob("/tmp/attacks-*"):
    print(folder, [name for _, _, names in os.walk(folder) for name in names])
