"""Files that people write, read with line and fix for every problem."""
