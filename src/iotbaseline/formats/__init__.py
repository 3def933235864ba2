"""Other people's shapes, one module a format."""
