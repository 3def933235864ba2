"""Other people's formats, one module for each."""
