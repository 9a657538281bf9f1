"""Tools for instructors and CI; run from the checkout, never part of what students install."""
