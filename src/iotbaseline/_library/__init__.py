"""Knowledge over stores: look-ups, search, and the one resolver of names."""
