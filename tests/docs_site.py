"""The documentation as a site: `make docs` (`python tests/docs_site.py FOLDER`).

The pages are those that one reads in the repository: README as the start page, docs/ with its decisions, the changelog
and how to contribute. Sphinx builds them; MyST reads their Markdown by the rules of CommonMark, as GitHub does. What is
only in the repository (a folder of code) is named and not linked. Nothing is fetched, neither now nor by a reader.
"""

import os
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
START = "index"
DECISIONS = "decisions"
UNSAID = "More"
OUTSIDE = {ROOT / "README.md": START, ROOT / "CONTRIBUTING.md": "contributing", ROOT / "CHANGELOG.md": "changelog"}
_CODE_OR_LINK = re.compile(
    r"^ {0,3}(`{3,}|~{3,})[^\n]*\n.*?^ {0,3}\1[`~]*[ \t]*$|(!?)\[([^\]\[]*)\]\(([^)\s]+)\)|(`+)[^`]+\5", re.M | re.S
)
SETTINGS = {
    "project": "conceptmap",
    "extensions": "myst_parser",
    "html_theme": "furo",
    "html_title": "conceptmap",
    "html_favicon": str(ROOT / "api" / "web" / "static" / "icon.svg"),
    "html_copy_source": False,
    "html_show_copyright": False,
    "html_show_sphinx": False,
    "myst_heading_anchors": 6,
    # Languages of which Pygments knows nothing, and examples that are wrong on purpose, stand there without colours.
    "suppress_warnings": ["misc.highlighting_failure"],
}


def pages() -> dict[Path, str]:
    """Every page of the site: its file in the repository, and its name in the site."""
    return OUTSIDE | {file: file.relative_to(DOCS).with_suffix("").as_posix() for file in sorted(DOCS.rglob("*.md"))}


def navigation() -> dict[str, list[str]]:
    """The names of pages, by whom they are for; a page of which nobody said so comes last but decisions."""
    groups: dict[str, list[str]] = tomllib.loads((DOCS / "navigation.toml").read_text(encoding="utf-8"))
    decisions = [name for name in pages().values() if name.startswith(f"{DECISIONS}/")]
    said = {START, *decisions, *chain(*groups.values())}
    more = [name for name in pages().values() if name not in said]
    return groups | ({UNSAID: more} if more else {}) | {DECISIONS.title(): decisions}


def with_links_of_the_site(text: str, file: Path, names: Mapping[Path, str]) -> str:
    """The text of a page as the site has it: links lead to its pages, and what is not in the site is only named.

    >>> log = DOCS / "decisions" / "0001-log.md"
    >>> site = {DOCS / "http.md": "http", log: "decisions/0001-log"}
    >>> with_links_of_the_site("[http.md](../http.md#a), [log](../../graphs), `[b](c)`", log, site)
    '[](../http.md#a), `log`, `[b](c)`'
    """

    def linked(found: re.Match[str]) -> str:
        image, label, link = found[2], found[3], found[4]
        address = urlsplit(link or "")
        if link is None or address.scheme or not address.path:
            return found[0]
        target = Path(os.path.normpath(file.parent / address.path))
        here = Path(names[file]).parent
        if target in names:
            leads = f"{os.path.relpath(names[target], here)}.md"
        elif target.is_file() and target.is_relative_to(DOCS):
            leads = os.path.relpath(target.relative_to(DOCS), here)
        else:
            return label if "`" in label else f"`{label}`"
        anchor = f"#{address.fragment}" if address.fragment else ""
        shown = "" if label.endswith(".md") else label  # of a page without a label, MyST puts the title there
        return f"{image}[{shown}]({leads}{anchor})"

    return _CODE_OR_LINK.sub(linked, text)


def contents() -> Iterator[str]:
    """The lines that tell Sphinx what stands in the navigation."""
    for reader, names in navigation().items():
        yield from ("```{toctree}", ":hidden:", f":caption: {reader}", *names, "```", "")


def build(folder: Path) -> int:
    """Build the site into a folder; the exit status of Sphinx, for which every warning is an error."""
    from sphinx.cmd.build import build_main  # noqa: PLC0415  # whoever only checks links needs no Sphinx

    names = pages()
    with TemporaryDirectory() as temporary:
        source = Path(temporary) / "source"
        shutil.copytree(DOCS, source, ignore=shutil.ignore_patterns("*.md", "*.toml"))
        for file, name in names.items():
            text = with_links_of_the_site(file.read_text(encoding="utf-8"), file, names)
            more = "\n".join(["", *contents()]) if name == START else ""
            (source / f"{name}.md").write_text(text + more, encoding="utf-8")
        told = [f"-D{name}={_written(value)}" for name, value in SETTINGS.items()]
        shutil.rmtree(folder, ignore_errors=True)
        doctrees = ("-d", str(Path(temporary) / "doctrees"))
        return build_main(["-q", "-W", "--keep-going", "-C", *told, *doctrees, str(source), str(folder)])


def _written(value: object) -> str:
    return ",".join(value) if isinstance(value, list) else str(int(value) if isinstance(value, bool) else value)


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1])))
