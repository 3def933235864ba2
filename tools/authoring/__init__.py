"""Builders of the data files: one module a publication or group of them, each with a ``build()``."""
