"""Faces other than importing: the command line and the tour."""
