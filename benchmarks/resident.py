"""Prints the bytes of resident memory that this process has once it has read a map: `python resident.py STORE MAP`."""

import gc
import os
import sys
from pathlib import Path

from conceptmap.atlas import open_atlas

if __name__ == "__main__":
    with open_atlas(sys.argv[1]) as atlas:
        view = atlas[sys.argv[2]].view(missing_ok=True)
        gc.collect()
        print(int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE"))
