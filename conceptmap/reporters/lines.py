"""Remarks as lines of text, as compilers write them: editors and problem matchers know the form."""

from collections.abc import Iterator, Sequence

from conceptmap.reporters.reporter import Remark, Reporter


def write_lines(remarks: Sequence[Remark]) -> Iterator[str]:
    """A line each: place, severity, what, what to do, and the rule in brackets."""
    for one in remarks:
        text = f"{one.place}: {one.severity}: {one.sentence} [{one.rule}]"
        yield " ".join(text.splitlines()) + "\n"


REPORTER = Reporter("text", "a line each, as compilers write them", write_lines, (".txt",))
