"""Grades many submissions at once, on this machine or on a cluster, and loses none."""
