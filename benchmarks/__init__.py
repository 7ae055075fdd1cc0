"""Benchmarks: how the house compares with its peers, side by side in one run."""
