"""Builders of publications, some with the crosswalks and lineage that their text states."""
