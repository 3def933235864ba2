"""Builders of profiles."""
