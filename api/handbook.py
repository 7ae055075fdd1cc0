"""The page /docs: every address and every error, as plain HTML that needs no script and nothing from elsewhere."""

from collections.abc import Iterator
from html import escape
from typing import Any

from api.errors import TABLE, slug

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem;
  color: #1b1b1b; background: #fff; }
code, .method { font-family: ui-monospace, monospace; }
.method { font-weight: bold; }
table { border-collapse: collapse; } td, th { text-align: left; vertical-align: top; padding: .1rem 1rem .1rem 0; }
h3 { margin-bottom: 0; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #16181c; } a { color: #9cf; } }
"""


def handbook(description: dict[str, Any]) -> str:
    """The page for an OpenAPI description."""
    info = description["info"]
    lines = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(info['title'])}: HTTP</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(info['title'])}</h1><p>{escape(info['summary'])}</p>",
        '<p>For programs: <a href="/openapi.json">OpenAPI</a>. What goes wrong: <a href="#errors">errors</a>.</p>',
        "<h2>Addresses</h2>",
        *_operations(description),
        '<h2 id="errors">Errors</h2><p>Every error is <code>application/problem+json</code> (RFC 9457); its '
        "<code>type</code> points here.</p><table><tr><th>status</th><th>error</th><th>meaning</th></tr>",
        *_errors(),
        "</table></body></html>\n",
    ]
    return "\n".join(lines)


def _operations(description: dict[str, Any]) -> Iterator[str]:
    for path, methods in description["paths"].items():
        for method, said in methods.items():
            yield f'<h3><span class="method">{method.upper()}</span> <code>{escape(path)}</code></h3>'
            yield f"<p>{escape(said.get('description', ''))}</p>"
            rows = "".join(map(_parameter, said.get("parameters", ())))
            if rows:
                yield f"<table>{rows}</table>"


def _parameter(said: dict[str, Any]) -> str:
    needed = ", needed" if said.get("required") and said["in"] != "path" else ""
    text = escape(said.get("description", ""))
    return f"<tr><td><code>{escape(said['name'])}</code></td><td>{said['in']}{needed}</td><td>{text}</td></tr>"


def _errors() -> Iterator[str]:
    for error, kind in TABLE.items():
        text = escape((error.__doc__ or "").split("\n")[0])
        name = slug(error)
        yield f'<tr id="{name}"><td>{kind.status}</td><td><code>{name}</code></td><td>{text}</td></tr>'
