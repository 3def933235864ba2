"""Frozen types; no file, no network."""
