"""The builder of the suggestions of evidence."""
