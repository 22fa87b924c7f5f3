"""HTML documents from the templates, styles and scripts of `styles/page/`, with a policy that allows nothing else.

Style and script stand in the document, and the Content Security Policy names them by their hashes: a browser runs no
other, and requests nothing but what the policy lists.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from exporter.assets import styles_folder
from exporter.errors import UsageError, describe_error

_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_SPACE = re.compile(r"""("[^"]*"|'[^']*')|\s*\n\s*|(?<=:) | (?={)|(?<=,) """)  # a string, or a space beside it
_SCRIPT_STRING = re.compile(r"""("[^"]*"|'[^']*')""")
_SCRIPT_SPACE = re.compile(r" *([!=<>{}(),;:?&|]) *|(?<![+-]) ([+*-]) (?![+-])")


def page_asset(name: str) -> Path:
    """Return the path of a style sheet, a script or a template of pages."""
    return styles_folder() / "page" / name


def render_document(
    template: str, styles: Iterable[Path], scripts: Iterable[Path], sources: Mapping[str, str], facts: Mapping[str, Any]
) -> str:
    """Render a template with style sheets and scripts; raises `UsageError` for a file that cannot be read.

    `sources` are the directives of the policy and what each allows beyond the page's own style and script. The
    template gets `css`, `script`, `policy`, and the `facts`, which are escaped unless they are `Markup`.
    """
    css = Markup("".join(compact_css(_read(path)) for path in styles))  # noqa: S704  a style cannot be escaped
    script = Markup("".join(compact_script(_read(path)) for path in scripts))  # noqa: S704  nor a script
    allowed = {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'", "font-src": "data:"}
    allowed |= {"style-src": _hash_source(css)} | ({"script-src": _hash_source(script)} if script else {})
    for directive, extra in sources.items():
        allowed[directive] = f"{allowed.get(directive, '')} {extra}".strip()
    policy = Markup("; ".join(f"{directive} {source}" for directive, source in allowed.items()))  # noqa: S704  plain
    return _load_template(page_asset(template)).render({**facts, "css": css, "script": script, "policy": policy})


def embed_json(data: bytes) -> Markup:
    """Return JSON that can stand in a `script` element."""
    return Markup(data.decode().replace("<", "\\u003c"))  # noqa: S704  a script's content is not parsed as HTML


def compact_css(css: str) -> str:
    """Return a style sheet without comments and indentation."""
    return _CSS_SPACE.sub(r"\1", _CSS_COMMENT.sub("", css)).replace(";}", "}").strip()


def compact_script(script: str) -> str:
    """Return a script without the lines that are comments, without indentation, and without spaces around operators.

    Lines with templates or slashes, which may be regular expressions, keep their spaces.
    """
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{_compact_line(line)}\n" for line in lines if line and not line.startswith("//"))


def _compact_line(line: str) -> str:
    if "`" in line or "/" in line:
        return line
    pieces = _SCRIPT_STRING.split(line)  # every second one is a string
    return "".join(piece if at % 2 else _SCRIPT_SPACE.sub(r"\1\2", piece) for at, piece in enumerate(pieces))


def _hash_source(text: str) -> str:
    """Return the source of a policy that allows an inline style or script by its digest."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        cause = f"{describe_error(error, 'SystemError')} ({path})"
        raise UsageError("making a page", str(path), cause, "Name a file that can be read.") from error


@cache
def _load_template(path: Path) -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_read(path))
