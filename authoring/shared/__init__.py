"""What the builders share: sources and summaries, records, and canonical files."""
