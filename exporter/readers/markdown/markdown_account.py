"""The account of a Markdown text: what of its source no reader of the article sees, and why.

All other words are parsed to nodes, each of which becomes a block or an inline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from exporter.account import Account, Dropped, Kept
from exporter.article import Article
from exporter.readers.article_texts import list_texts
from exporter.readers.markdown.markdown_metadata import find_unused_fields
from exporter.readers.markdown.parser import Node, ParsedMarkdown
from exporter.readers.markdown.yaml_front_matter import Values

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_NOTE = r"^\[\^{}\]:[ \t]*(.+(?:\n(?:[ \t]+\S.*)?)*)"
"""The definition of a note, up to the next line that is not indented."""


def make_account(
    article: Article, values: Values, body: str, parsed: ParsedMarkdown, dropped: Iterable[Dropped]
) -> Account:
    """Return the account of an article.

    `values` are those of its front matter, `body` is the text below it, and `dropped` what other steps left out.
    """
    kept = [Kept(text, role) for role, text in list_texts(article) if text.strip()]
    title = article.metadata.title
    return (
        *(Dropped(text, "front matter that no field uses", "front matter") for text in find_unused_fields(values)),
        *([Kept(title, "title")] if title else []),
        *(Kept(name, "byline") for name in article.metadata.authors),
        *kept,
        *_find_comments(parsed.tree),
        *_find_unused_links(parsed.tree, parsed.links),
        *_find_notes(body, parsed.unused_notes),
        *(Dropped(command, "a command of the site's generator", "body") for command in parsed.shortcodes),
        *dropped,
    )


def _find_comments(tree: Node) -> Iterator[Dropped]:
    for node in tree.walk(include_self=False):
        if node.type in {"html_block", "html_inline"}:
            for found in _COMMENT.finditer(node.content):
                if text := found[1].strip():
                    yield Dropped(text, "a comment", _describe_line(node))


def _describe_line(node: Node) -> str:
    """Return where the block stands which is or holds a node: "line 3" of the text below the front matter."""
    holder: Node | None = node
    while holder is not None and not holder.is_root and holder.map is None:
        holder = holder.parent
    return f"line {holder.map[0] + 1}" if holder is not None and not holder.is_root and holder.map else "body"


def _find_unused_links(tree: Node, links: Mapping[str, str]) -> Iterator[Dropped]:
    """Yield the link definitions whose address no link and no picture has."""
    nodes = tree.walk(include_self=False) if links else ()
    used = {str(node.attrs.get("href") or node.attrs.get("src")) for node in nodes if node.attrs}
    for label, address in links.items():
        if address not in used:
            yield Dropped(f"[{label.lower()}]: {address}", "a link definition that nothing uses", "body")


def _find_notes(body: str, labels: Iterable[str]) -> Iterator[Dropped]:
    for label in labels:
        if found := re.search(_NOTE.format(re.escape(label)), body, re.MULTILINE):
            yield Dropped(" ".join(found[1].split()), "a note that nothing refers to", f"note [^{label}]")
