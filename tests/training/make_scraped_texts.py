"""Make scraped texts of pages whose blocks are known: whole pages copied as text, with their menus and teasers.

    python -m tests.training.make_scraped_texts PAGES... --into FOLDER

PAGES are folders of HTML files, each with a JSON file of the same stem that says what is in it (see `rule_report`;
`junk` lists lines that are not the article's). For each page and each style a text and its truth are written, and
`sites.json`, as `rule_report` reads them. The styles:

- `lines`: each block of the page is a line, as a browser copies a page;
- `wrapped`: short lines run together, lines broken at a width, blank lines between all lines, fewer before headings.

What a page shows within the article, and neither the blocks nor the junk name, may be there or not. The title and the
authors are those that the text shows. The texts belong to their publishers, and are not in this repository.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from lxml import etree, html

_HIDDEN = frozenset("script style noscript template svg head iframe select option textarea video audio button".split())
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data dfn em font i kbd label mark q s small span strong sub sup time u var wbr".split()
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INVISIBLE_STYLE = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W_]+")

_MAX_RUN_CHARS = 60
"""Lines up to so long run together."""

_WIDTHS = range(160, 205, 5)
"""Widths at which lines are broken."""

_MIN_BLOCKS_SHARE = 0.9
"""Share of a page's blocks that its text must hold."""

_MAX_LINES_TO_BYLINE = 15
"""Lines from the title in which its authors are named."""


class _Line(msgspec.Struct, frozen=True):
    text: str
    heading: bool = False


def main() -> None:
    """Write the texts of all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--into", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.into.mkdir(parents=True, exist_ok=True)
    sites: dict[str, dict[str, str]] = {}
    for path in (path for folder in arguments.pages for path in sorted(folder.glob("*.html"))):
        page = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        lines = list(_read_lines(path.read_bytes()))
        truth = _make_truth(lines, page)
        for style, write in _STYLES.items() if truth else ():
            name = f"{style}_{path.stem}"
            text = write(lines, random.Random(name))
            (arguments.into / f"{name}.txt").write_text(text, encoding="utf-8")
            (arguments.into / f"{name}.json").write_text(
                json.dumps({"name": name, "style": style, **truth}, ensure_ascii=False), encoding="utf-8"
            )
            host = page["source"].get("host") or urlsplit(page["source"]["url"]).hostname
            sites[f"{arguments.into.name}/{name}"] = {"site": host}
    (arguments.into.parent / "sites.json").write_text(json.dumps(sites, indent=1), encoding="utf-8")
    print(f"{len(sites)} texts")


def _read_lines(data: bytes) -> Iterator[_Line]:
    """Yield the lines that a browser shows of a page: one for each block."""
    root = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    if titles := root.xpath("//head/title"):
        yield _Line(" ".join(titles[0].text_content().split()))
    parts: list[str] = []
    within: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not any(within):
                parts.append(element.tail or "")
            continue
        tag = str(element.tag)
        block = tag not in _INLINE
        if block and not any(within):
            yield from _close(parts, heading=event == "end" and tag in _HEADINGS)
        if event == "start":
            within.append("hidden" if _is_hidden(element) else "")
            if not any(within):
                parts.append(element.text or "")
        else:
            within.pop()
            if not any(within):
                parts.append(element.tail or "")


def _close(parts: list[str], *, heading: bool) -> Iterator[_Line]:
    text = " ".join("".join(parts).split())
    parts.clear()
    if text:
        yield _Line(text, heading)


def _is_hidden(element: html.HtmlElement) -> bool:
    style = element.get("style") or ""
    return element.tag in _HIDDEN or element.get("hidden") is not None or bool(_INVISIBLE_STYLE.search(style))


def _make_truth(lines: Sequence[_Line], page: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is in the text of a page; empty if the text lacks its title or too many of its blocks."""
    blocks = {_key(block["text"]): block for block in page["blocks"]}
    found = {n: block for n, line in enumerate(lines) if (block := _find_block(_key(line.text), blocks))}
    keys = [_key(line.text) for line in lines]
    title = _key(page["title"] or "")
    if title not in keys[1:] or len(found) < _MIN_BLOCKS_SHARE * len(blocks):
        return {}
    titled = max((n for n, key in enumerate(keys[: max(found)]) if n and key == title), default=keys.index(title, 1))
    begin = titled + 1 if titled < min(found) or titled == 0 else min(found)
    near = " ".join(line.text for line in lines[titled : titled + _MAX_LINES_TO_BYLINE])
    stated = all(name in near for name in page["byline"] or ())
    junk = {_key(text) for text in page["junk"]}
    within = (
        found.get(n) or {"kind": "unknown", "text": lines[n].text, "optional": True}
        for n in range(begin, max(found) + 1)
        if n in found or keys[n] not in junk | {title}
    )
    return {
        "title": page["title"],
        "byline": page["byline"] if stated else [],
        "date": None,
        "site": None,
        "unscored": ["byline", "date", "site"],
        "lang": page.get("lang"),
        "damages": [],
        "source": page["source"],
        "blocks": list(within),
        "junk": [line.text for line in lines[1:] if _key(line.text) in junk],
    }


def _find_block(key: str, blocks: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the block that a line holds, a caption also with its credit behind it; None if there is none."""
    if key in blocks:
        return blocks[key]
    captions = (block for text, block in blocks.items() if block["kind"] == "caption" and key.startswith(text))
    return next((block for block in captions if block.get("credit") and key.endswith(_key(block["credit"]))), None)


def _write_lines(lines: Sequence[_Line], _: random.Random) -> str:
    return "\n".join(line.text for line in lines)


def _write_wrapped(lines: Sequence[_Line], chance: random.Random) -> str:
    width = chance.choice(_WIDTHS)
    text, run = lines[0].text, ""
    joined: list[_Line] = []
    for line in lines[1:]:
        if len(line.text) <= _MAX_RUN_CHARS and not line.heading:
            run = f"{run} {line.text}".lstrip()
            continue
        joined += [_Line(run)] * bool(run) + [line]
        run = ""
    for line in (*joined, *[_Line(run)] * bool(run)):
        text += "\n\n" if line.heading else "\n\n\n"
        text += "\n\n\n".join(textwrap.wrap(line.text, width, break_long_words=False, break_on_hyphens=False))
    return text


def _key(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


_STYLES: Mapping[str, Callable[[Sequence[_Line], random.Random], str]] = {
    "lines": _write_lines,
    "wrapped": _write_wrapped,
}

if __name__ == "__main__":
    main()
