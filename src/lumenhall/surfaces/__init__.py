"""Doors built over several domains; they own no table."""
