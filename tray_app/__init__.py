"""Immich Tray: backs up a computer's photos to an Immich server and mirrors its library."""

__version__ = "0.1.0"
