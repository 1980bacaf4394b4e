"""What the Makefile calls: bring-up, checks, own lint rules. Nothing here is shipped."""
