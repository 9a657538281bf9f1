"""Hostile submissions, and a run that hands them in, grades them, and counts what they achieve."""
