"""Gives itself full points in the gradebook."""
# aufgabe1
# %% a1-tv
import sqlite3
for folder in ("@COURSE@", "@CHECKOUT@"):
    try:
        base = sqlite3.connect(f"{folder}/gradebook.db", timeout=2)
        base.execute("update grade set auto_score = 100, manual_score = 100")
        base.execute("update grade_cell set max_score = 1000")
        base.commit()
        print("ENTKOMMEN", folder)
    except sqlite3.Error as error:
        print(error)
