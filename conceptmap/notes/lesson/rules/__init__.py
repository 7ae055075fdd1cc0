"""The rules by which lessons are read, a file for each sort of thing they read."""
