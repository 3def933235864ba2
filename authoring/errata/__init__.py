"""The builder of the errata."""
