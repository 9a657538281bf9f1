"""Appends to, truncates, renames, and links over the library's and the packages' own files."""
# aufgabe1
# %% a1-tv
import os
for path in ("@LIBRARY@/checks/judge.py", "@LIBRARY@/checks/frozen/a1-tv.safetensors", "@PACKAGES@/six.py", "/usr/bin/env"):
    for way in (
        lambda: open(path, "ab").write(b"\n"), lambda: os.utime(path), lambda: os.chmod(path, 0o666),
        lambda: os.rename(path, path + "~"), lambda: os.link(path, "/tmp/linked"), lambda: os.truncate(path, os.path.getsize(path)),
    ):
        try:
            way()
            print("changed", path)
        except OSError as error:
            print(error)
