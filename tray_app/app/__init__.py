"""Wiring: the only place that names classes of every layer."""
