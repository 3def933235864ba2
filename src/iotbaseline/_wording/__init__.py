"""The user's own copies of publications: their wordings, proved by fingerprints."""
