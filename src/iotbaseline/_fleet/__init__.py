"""Many products at once: what follows from mappings as tables, and the queries that existing engines run on them."""
