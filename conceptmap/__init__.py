"""A concept map that grows day by day: read notes, ask, draw, compare.

from conceptmap import open_atlas

course = open_atlas("sqlite:///map.db")["robot-intelligence"]
course.load("notes/")
course.ask("what supports the bitter lesson?")
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conceptmap.atlas import Atlas, open_atlas

__all__ = ["Atlas", "open_atlas"]


def __getattr__(name: str) -> Any:
    """Import the façade when it is first used: the command line's help must not wait for the database layer."""
    if name in __all__:
        from conceptmap import atlas  # noqa: PLC0415  (help must not wait for it)

        return getattr(atlas, name)
    raise AttributeError(f"module 'conceptmap' has no attribute {name!r}")
