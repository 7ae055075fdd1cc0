"""An answer as a notebook shows it: HTML in which everything that notes and questions say is escaped."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from conceptmap.ask.saying import MOST_SAID
from conceptmap.ask.shown import Said, Shown
from conceptmap.notebook import bullets, html, markdown_list, marked, unfolding
from conceptmap.notebook import heading as headed
from conceptmap.plain_words import counted


def html_of(heading: str, shown: Sequence[Shown], further: Iterable[tuple[str, Sequence[str]]] = ()) -> str:
    """The sentence, the answers (more than eight unfold), and lists of what may be asked, each below its title."""
    parts = [headed(heading), unfolding([_one(one) for one in shown], MOST_SAID)]
    for title, lines in further:
        parts += [Markup("<p>{}</p>").format(title), bullets(lines)] if lines else []
    return html(*parts)


def markdown_of(heading: str, shown: Sequence[Shown]) -> str:
    """The sentence and the answers, each with where it is first said, in Markdown."""
    lines = []
    for one in shown:
        owner = f"{marked(one.owner)}: " if one.owner else ""
        where = f" ({marked(one.said[0].citation.where)})" if one.said else ""
        values = "".join(f"; {marked(value.of)}: {marked(value.label)}" for value in one.values)
        lines.append(f"{owner}**{marked(one.name)}** {marked(one.about)}{values}{where}")
    return f"**{marked(heading)}**\n\n{markdown_list(lines)}"


def _one(one: Shown) -> Markup:
    """One answer: its name, its own words, the way to it, and where it is said."""
    owner = f"{one.owner}: " if one.owner else ""
    lines = [Markup("{}<b>{}</b> <i>{}</i>").format(owner, one.name, one.about)]
    lines += [Markup("{}: {}").format(value.of, value.label) for value in one.values]
    lines += map(Markup.escape, filter(None, (*one.texts, one.way)))
    lines += map(_said, one.said[:MOST_SAID])
    if (more := len(one.said) - MOST_SAID) > 0:
        lines.append(Markup("<small>and {}</small>").format(counted(more, "more place")))
    return Markup("<br>").join(lines)


def _said(said: Said) -> Markup:
    return Markup("<small>{}{}</small>").format(said.citation.where, f" “{said.words}”" if said.words else "")
