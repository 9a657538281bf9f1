"""How often the grader is wrong, measured: right and wrong submissions, and what the checks make of them. Never shipped.

``corpus/`` and ``blind/`` hold labelled submissions, one file each, in ``<answer>/right/`` and ``<answer>/wrong/``; the
second was written from the task texts alone. ``automatic.py`` makes mutants of the solutions.
"""
