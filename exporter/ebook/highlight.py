"""Code is coloured by what its parts are."""

from __future__ import annotations

from exporter.ebook.xhtml import Element, add_element, add_text, clean_text


def write_code(parent: Element, text: str, syntax: str) -> None:
    """Add code to an element; where its language is known, keywords, strings and the like are marked by class."""
    for kind, value in _split_tokens(text, syntax):
        if kind:
            add_element(parent, "span", value, class_=kind)
        else:
            add_text(parent, value)


def _split_tokens(text: str, syntax: str) -> list[tuple[str, str]]:
    """Cut code into runs of one kind, every character kept."""
    if not syntax:
        return [("", text)]
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  few articles hold code
    from pygments.token import Token  # noqa: PLC0415
    from pygments.util import ClassNotFound  # noqa: PLC0415

    kinds = (
        (Token.Comment, "comment"),
        (Token.Keyword, "keyword"),
        (Token.Operator.Word, "keyword"),
        (Token.Literal.String, "string"),
        (Token.Literal.Number, "number"),
        (Token.Name.Function, "name"),
        (Token.Name.Class, "name"),
        (Token.Name.Tag, "keyword"),
        (Token.Name.Attribute, "name"),
    )
    text = clean_text(text)
    try:
        lexer = get_lexer_by_name(syntax.lower(), stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [("", text)]
    runs: list[tuple[str, str]] = []
    # Lexers of sessions lose a last line that has no end: it gets one, which is taken away again.
    for token, value in lexer.get_tokens(f"{text}\n"):
        kind = next((name for parent, name in kinds if token in parent), "")
        if runs and runs[-1][0] == kind:
            runs[-1] = (kind, runs[-1][1] + value)
        else:
            runs.append((kind, value))
    if "".join(value for _, value in runs) != f"{text}\n":
        return [("", text)]
    kind, value = runs.pop()
    return [*runs, (kind, value.removesuffix("\n"))]
