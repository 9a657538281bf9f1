"""Starts a process with nohup and setsid, deaf to all signals but one."""
# aufgabe1
# %% a1-tv
import signal, subprocess
for number in range(1, 32):
    if number not in (9, 17, 19):
        signal.signal(number, signal.SIG_IGN)
for command in (["nohup", "sleep", "@NUMBER@"], ["setsid", "-f", "sleep", "@NUMBER@"]):
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, restore_signals=False)
