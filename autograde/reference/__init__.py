"""Making the reference models: their photographs, their training, and the files that are shipped."""
