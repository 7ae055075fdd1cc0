"""Remarks as lines of text in the form of GNU compilers: Vim, Emacs and problem matchers read it as it is."""

from collections.abc import Iterator, Sequence

from conceptmap.reporters.reporter import Remark, Reporter


def write_lines(remarks: Sequence[Remark]) -> Iterator[str]:
    """A line each: place, severity, what, what to do, and the rule in brackets."""
    for one in remarks:
        text = f"{one.place}: {one.severity}: {one.sentence} [{one.rule}]"
        yield " ".join(text.splitlines()) + "\n"


REPORTER = Reporter("text", "a line each, as compilers write them: for editors", write_lines, (".txt",))
