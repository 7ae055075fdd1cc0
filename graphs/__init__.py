"""What was said: kept, folded and walked."""
