"""Fixtures of the virtual desktop."""
