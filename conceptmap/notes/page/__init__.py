"""The page: bytes become lines, front matter, days and blocks, and syntax and trees are read in them."""
