"""Hostile archives for collecting and hostile text for exporting, and a run that counts what they achieve."""
