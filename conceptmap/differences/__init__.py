"""Forms of differences: what differs between two states of a map, for people and programs, one file a form.

`DIFF_FORMS` is the one list of them; the choices, suffixes and help of the command line, and the addresses and media
types of the service, are derived from it.
"""

from conceptmap.differences import as_json, as_markdown, as_picture, as_text
from conceptmap.differences.as_text import difference_lines
from conceptmap.differences.form import DiffForm

DIFF_FORMS: dict[str, DiffForm] = {
    one.name: one for one in (as_text.FORM, as_json.FORM, as_picture.FORM, as_markdown.FORM)
}
"""The forms by their names, in the order in which they are listed."""

__all__ = ["DIFF_FORMS", "DiffForm", "diff_form_by_suffix", "difference_lines"]


def diff_form_by_suffix() -> dict[str, str]:
    """The names of forms by the suffixes of files, such as `.md`."""
    return {suffix: one.name for one in DIFF_FORMS.values() for suffix in one.suffixes}
