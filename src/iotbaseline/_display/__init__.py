"""How a thing shows itself; knows none of the library's types."""
