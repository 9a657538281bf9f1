"""Reference models: the photographs that they learn from and are judged by."""
