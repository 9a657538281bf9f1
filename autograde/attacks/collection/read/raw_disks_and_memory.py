"""Opens the machine's disks and memory as files, makes device nodes, and mounts."""
# aufgabe1
# %% a1-tv
import ctypes, os, stat
for path in ("/dev/mem", "/dev/kmsg", "/proc/kcore", "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/fuse"):
    try:
        print("ENTKOMMEN", path, os.read(os.open(path, os.O_RDONLY), 16))
    except OSError as error:
        print(error)
try:
    os.mknod("/tmp/disk", stat.S_IFBLK | 0o600, os.makedev(8, 0))
    print("ENTKOMMEN: mknod")
except OSError as error:
    print(error)
os.makedirs("/tmp/there", exist_ok=True)
libc = ctypes.CDLL(None, use_errno=True)
for kind in (b"tmpfs", b"proc", b"overlay"):
    if libc.mount(b"none", b"/tmp/there", kind, 0, None) == 0:
        print("ENTKOMMEN: mount", kind)
