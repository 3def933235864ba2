"""Profiles: select, tailor, compare."""
