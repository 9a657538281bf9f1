"""Opens the gradebook and prints students and grades."""
# aufgabe1
# %% a1-tv
import sqlite3
for folder in ("@COURSE@", "@CHECKOUT@"):
    try:
        base = sqlite3.connect(f"file:{folder}/gradebook.db?mode=ro", uri=True)
        print("ENTKOMMEN", base.execute("select * from student").fetchall())
    except sqlite3.Error as error:
        print(error)
