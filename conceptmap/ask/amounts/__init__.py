"""Amounts: quantities with units, how they are asked for, which values nodes hold, and the greatest of them."""
