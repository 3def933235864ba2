"""How the data files are made: builders by what they build, and content/, which people judged and wrote."""
