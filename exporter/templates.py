"""Templates of the words that narration adds to an article: Jinja2 blocks by name and language.

A name stands for `styles/narration/<name>.<language>.j2` or else `<name>.j2`, a path for the user's own file. Blocks
that a template lacks are taken from the default one: of the language, of English, or of any language.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporter import assets
from exporter.errors import UsageError, describe_error

if TYPE_CHECKING:
    import jinja2

DEFAULT_TEMPLATE = "newsroom"
"""Name of the template that the others fall back on."""

_ANY_LANGUAGE = "any"


class Template:
    """The words of one template in one language: `layers` are it and what it falls back on."""

    def __init__(self, *layers: jinja2.Template) -> None:
        self._layers = layers

    def say(self, block: str, facts: Mapping[str, Any] | None = None) -> str:
        """Return the words of a block, white space trimmed; empty if no layer has it. Raises `UsageError`."""
        for layer in self._layers:
            if render := layer.blocks.get(block):
                try:
                    return "".join(render(layer.new_context(dict(facts or {})))).strip()
                except Exception as error:  # a user's template may raise anything
                    raise _make_template_error(f"block {block}", error) from error
        return ""


@cache
def load_template(name: str, language: str) -> Template:
    """Return a template by its name or path, for a language (a BCP 47 tag).

    Raises `UsageError` if there is no such template or it is not valid Jinja2.
    """
    primary = language.partition("-")[0].lower()
    default = _find_default(primary)
    if name == DEFAULT_TEMPLATE:
        return Template(_compile_template(default))
    own = _find_shipped(name, primary)
    path = own if own.is_file() else Path(name)
    if not path.is_file():
        near = difflib.get_close_matches(name, _list_shipped_names(), n=1, cutoff=0.5)
        remedy = (
            f"Did you mean {near[0]!r}?" if near else f"Name a file, or one of: {', '.join(_list_shipped_names())}."
        )
        raise UsageError("narrating", name, "UnknownName: there is no template of that name", remedy)
    return Template(_compile_template(path), _compile_template(default))


def _find_default(language: str) -> Path:
    """Return the default template of a language; one without a template gets that of any language, not English."""
    found = _find_shipped(DEFAULT_TEMPLATE, language)
    is_plain = found.stem == DEFAULT_TEMPLATE and language != "en"
    return _find_shipped(DEFAULT_TEMPLATE, _ANY_LANGUAGE) if is_plain else found


def _find_shipped(name: str, language: str) -> Path:
    folder = assets.styles_folder() / "narration"
    exact = folder / f"{name}.{language}.j2"
    return exact if exact.is_file() else folder / f"{name}.j2"


def _list_shipped_names() -> list[str]:
    return sorted({path.name.partition(".")[0] for path in (assets.styles_folder() / "narration").glob("*.j2")})


@cache
def _compile_template(path: Path) -> jinja2.Template:
    import jinja2  # noqa: PLC0415  40 ms, only scripts need it
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415  1 ms, comes with jinja2

    environment = SandboxedEnvironment(autoescape=False)
    environment.filters["listed"] = join_names
    try:
        return environment.from_string(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, jinja2.TemplateError) as error:
        raise _make_template_error(str(path), error) from error


def _make_template_error(subject: str, error: Exception) -> UsageError:
    cause = describe_error(error, "BadTemplate")
    return UsageError("narrating", subject, cause, "Correct the template (narration.template) and try again.")


def join_names(items: Sequence[str], conjunction: str) -> str:
    """Join names as in a sentence: "A, B and C" (a filter for templates)."""
    *first, last = items
    return f"{', '.join(first)} {conjunction} {last}" if first else last
