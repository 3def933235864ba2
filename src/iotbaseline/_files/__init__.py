"""Read files that people write; every problem has a line and a fix."""
