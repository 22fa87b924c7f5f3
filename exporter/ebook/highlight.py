"""Syntax highlighting: the tokens of code blocks get classes."""

from __future__ import annotations

from exporter.ebook.xhtml import Element, add_element, add_text, clean_text


def write_code(parent: Element, text: str, syntax: str) -> None:
    """Add code to an element; if Pygments has a lexer for `syntax`, keywords, strings and so on get a class."""
    for class_, value in _split_tokens(text, syntax):
        if class_:
            add_element(parent, "span", value, class_=class_)
        else:
            add_text(parent, value)


def _split_tokens(text: str, syntax: str) -> list[tuple[str, str]]:
    """Split code into runs of one class (empty for plain code); keeps every character."""
    if not syntax:
        return [("", text)]
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415  13 ms, few articles contain code
    from pygments.token import Token  # noqa: PLC0415  as above
    from pygments.util import ClassNotFound  # noqa: PLC0415  as above

    classes = (
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
    # Lexers of console sessions lose a last line without a line end: add one, and remove it afterwards.
    for token, value in lexer.get_tokens(f"{text}\n"):
        class_ = next((name for parent, name in classes if token in parent), "")
        if runs and runs[-1][0] == class_:
            runs[-1] = (class_, runs[-1][1] + value)
        else:
            runs.append((class_, value))
    if "".join(value for _, value in runs) != f"{text}\n":
        return [("", text)]
    class_, value = runs.pop()
    return [*runs, (class_, value.removesuffix("\n"))]
