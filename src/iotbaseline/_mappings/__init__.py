"""What follows from mappings, and what does not."""
