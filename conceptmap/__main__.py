"""`python -m conceptmap` is the program `conceptmap`, where no such program is on the path."""

import sys

from conceptmap.cli import main

if __name__ == "__main__":
    sys.exit(main())
