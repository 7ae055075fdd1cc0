"""The page's modules as one script: browsers load no modules from files, but they run a script."""

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:class|function|const) (\w+))", re.MULTILINE)


def bundled(files: Mapping[str, bytes], entry: str) -> bytes:
    r"""The module `entry` with all that it imports, each in a function of its own, so that their names stay apart.

    >>> files = {"a.js": b'import { b } from "./b.js";\nb();\n', "b.js": b"export function b() {}\n"}
    >>> print(bundled(files, "a.js").decode())
    const module_b = (() => {
    function b() {}
    return { b };
    })();
    (() => {
    const { b } = module_b;
    b();
    })();
    <BLANKLINE>
    """
    pieces: dict[str, str] = {}
    _add(files, entry, pieces)
    return "".join(pieces.values()).encode()


def _add(files: Mapping[str, bytes], name: str, pieces: dict[str, str]) -> None:
    """Add a module behind those that it imports."""
    text = files[name].decode()
    for found in _IMPORT.finditer(text):
        if found[2] not in pieces:
            _add(files, found[2], pieces)
    names = ", ".join(found[2] for found in _EXPORT.finditer(text))
    text = _IMPORT.sub(lambda found: f"const {found[1]} = {_variable(found[2])};\n" if found[1] else "", text)
    text = _EXPORT.sub(r"\1", text)
    begin = f"const {_variable(name)} = (() => {{\n" if names else "(() => {\n"
    pieces[name] = f"{begin}{text}{f'return {{ {names} }};' + chr(10) if names else ''}}})();\n"


def _variable(name: str) -> str:
    return f"module_{name.removesuffix('.js').replace('-', '_')}"
