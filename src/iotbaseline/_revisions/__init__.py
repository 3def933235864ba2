"""What revisions changed."""
