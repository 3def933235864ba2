"""Builders of the registry of publications and of the list of source texts."""
