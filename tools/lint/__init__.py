"""Our own lint rules; see `rules.py`."""
