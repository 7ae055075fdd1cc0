"""The one place where errors become messages and exit statuses."""

import traceback
from typing import Final

from conceptmap.cli.terminal import message

USAGE: Final = 2
INTERNAL: Final = 70


def explain(error: Exception) -> int:
    """Say what is wrong and return the exit status that belongs to it."""
    from ontology.errors import ConceptMapError, InvalidDocument, RefusedWrite

    if isinstance(error, InvalidDocument):
        for problem in error.problems:
            message(str(problem), "red")
        message("nothing was stored")
    elif isinstance(error, ConceptMapError):
        message(str(error), "red")
        if isinstance(error, RefusedWrite):
            message("nothing was stored")
    elif isinstance(error, OSError):
        message(f"cannot go on: {_reason(error)}", "red")
        return USAGE
    else:
        return _report(error)
    return error.exit_status


def _reason(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"{error.filename}: {reason}" if error.filename else reason


def _report(error: Exception) -> int:
    """An error of the program itself: the trace goes to a file that can be sent, not over the user's screen."""
    import tempfile

    with tempfile.NamedTemporaryFile("w", prefix="conceptmap-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.writelines(traceback.format_exception(error))
    message(f"this is a mistake in conceptmap: {type(error).__name__}: {error}", "red")
    message(f"please report it with {file.name}")
    return INTERNAL
