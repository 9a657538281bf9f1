"""How submissions are run and scored."""
