"""Builders of crosswalks."""
