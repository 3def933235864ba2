"""Builders of lineage."""
