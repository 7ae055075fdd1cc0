"""The command line: every command reads its words, calls the atlas, and shows what comes back."""

from conceptmap.cli.program import main

__all__ = ["main"]
