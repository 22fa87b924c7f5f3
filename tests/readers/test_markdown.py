"""Markdown: what each construct becomes, how it is recognised, and what is never let through."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.article import all_blocks, block_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import Read, markdown, read
from tests.conftest import GOLDEN

SETTINGS = InputSettings()
FOLDER = GOLDEN / "markdown"
CASES = sorted(path.name for path in FOLDER.glob("*.md"))


def parse_article(text: str, name: str = "a.md") -> Read:
    return markdown.read(Document(name, text.encode()), SETTINGS)


def write_model(found: Read) -> str:
    """Write the article as JSON, one part on each line."""
    article = found.article
    facts = {key: value for key, value in msgspec.to_builtins(article.metadata).items() if value}
    parts = [facts, *msgspec.to_builtins((*article.blocks, *article.notes))]
    parts += [{"resource": resource.name, "source": resource.source} for resource in article.resources]
    parts += [{"notice": notice.subject, "text": notice.text} for notice in found.notices]
    return "".join(msgspec.json.encode(part).decode() + "\n" for part in parts)


@pytest.mark.parametrize("name", CASES)
def test_each_construct_becomes_what_it_means(name: str, golden: Callable[[str, str], None]) -> None:
    document = Document(name, (FOLDER / name).read_bytes(), folder=str(FOLDER))
    golden(f"markdown/{name.removesuffix('.md')}.jsonl", write_model(markdown.read(document, SETTINGS)))


MARKDOWN = [
    "# A title\n\n*By Ann Lee* | 17 May 2024\n\nWords.\n\n## A heading\n\nWords.\n",
    "---\ntitle: A title\n---\nWords.",
    "\ufeff---\r\ntitle: A title\r\n---\r\nWords.",
    "+++\ntitle = 'A title'\n+++\nWords.",
    "Words.\n\n```python\nprint(1)\n```\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "See [this](https://example.org/) and [that](notes.md).\n",
    "![A picture](a.png)\n\n**Strong** words.",
    "- [ ] one\n- [x] two\n",
    "A [reference][1].\n\n[1]: https://example.org/\n[2]: https://example.org/2\n",
]
PLAIN = [
    "A title\n\nWords. And more of them.\n\n* one\n* two\n- three\n",
    "#MeToo is a hash tag.\n\n#1 in the charts, with 5 * 3 * 2 and snake_case_words.",
    "---\n\nWords after a rule.\n\n---\n\nMore.",
    "Loading...\n=====\n\nWords [1] with notes [2] and (brackets).\n",
    "He said: **** it! ***\n\n> quoted once",
    "# only one line",
    "Photo credit: [Getty](Images)\n\nwww.example.org\nhttps://example.org/a_b_c\n",
    "1. One\n2. Two\n\nWords.\n\n+ plus\n",
    "a | b | c\nAd | Skip | Menu\n",
    "",
]


@pytest.mark.parametrize("text", MARKDOWN)
def test_marks_show_that_a_text_is_markdown(text: str) -> None:
    assert markdown.recognises(Document("a.txt", text.encode()))


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_left_to_its_own_reader(text: str) -> None:
    assert not markdown.recognises(Document("a.txt", text.encode()))


@pytest.mark.parametrize(
    "document", [Document("a.md", b"Words."), Document("a", b"Words.", media_type="text/markdown")]
)
def test_a_name_or_a_type_is_enough(document: Document) -> None:
    assert markdown.recognises(document)


def test_the_reader_is_chosen_by_content() -> None:
    assert read(Document("a.txt", MARKDOWN[0].encode()), SETTINGS).article.metadata.authors == ("Ann Lee",)


WORDS = re.compile(r"\w+")
LINES = st.lists(
    st.sampled_from(
        """# a|b c|> d|- e|  - f|1. g|```|    h||| i ¦ j ¦|¦---¦---¦|*k* **l**|[m](n.md)|![o p](q.png)|r[^1]
[^1]: s|t|: u|$v$|::: w|:::|<b>x</b>|<div>|y  |---|[>|https://z.example|**|_|`|[|](""".replace("\n", "|").split("|")
    ).map(lambda line: line.replace("¦", "|"))
)


@given(LINES)
def test_words_stay_in_the_article(lines: list[str]) -> None:
    """No word of the text is lost, whatever is around it; the addresses of links and pictures are not words."""
    # A note is shown only if it is referred to; what follows colons or backticks is a name.
    odd = ("[^", "::: w", "```", "<", "![", "|", "#", "    ", "[", "]", "https", "`")
    plain = [line for line in lines if not line.startswith(odd)]
    article = parse_article("\n".join(plain)).article
    said = " ".join([article.metadata.title, *map(block_text, all_blocks(article))])
    shown = {word for line in plain for word in WORDS.findall(re.sub(r"\[\^1\]|\d\.|_", "", line))}
    assert shown <= set(WORDS.findall(said))


@given(LINES)
def test_nothing_is_too_odd_to_read(lines: list[str]) -> None:
    parse_article("\n".join(lines))


@given(st.text())
def test_any_text_at_all_can_be_read(text: str) -> None:
    parse_article(text)


BOMBS = {
    "quotes": "> " * 3000,
    "lists": "- " * 3000,
    "strong": "*" * 3000 + "a" + "*" * 3000,
    "divs": "::: a\n" * 3000,
    "brackets": "[" * 3000,
    "images": "![" * 3000,
    "tags": "<b>" * 3000,
    "ticks": " ".join("`" * length for length in range(300)),
    "links": "[a]: <" * 3000,
    "formulas": "\\begin{equation}\n" * 10_000,
    "address": "http://a" + ")" * 50_000,
    "marks": "[" * 10_000_000,
    "table": "a|" * 300 + "\n" + "-|" * 300 + "\n" + "|\n" * 300,
    "aliases": "---\na: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(50)) + "title: *b9\n---\nx",
    "flow": "---\ntitle: " + "[" * 50_000 + "\n---\nx",
    "tables": "+++\n" + "a." * 20_000 + "a = 1\n+++\nx",
    "arrays": "+++\na = " + "[" * 50_000 + "\n+++\nx",
    "levels": "<b>" * 3000 + "x" + "</b>" * 3000,
    "keys": "<kbd>x " * 50_000,
    "notes": "^[" * 3000 + "x" + "]" * 3000,
    "picture": "![a](data:image/png;base64," + "A" * 10_000_000 + ")",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_in_an_article_or_an_error(name: str) -> None:
    failure = None
    try:
        parse_article(BOMBS[name])
    except SourceError as error:
        failure = error
    assert failure is None or failure.cause.startswith(("NestingError", "TooManyMarks"))


EVIL = """---
title: <script>alert(1)</script>
cover: ../../../../etc/passwd
---
![x y](file:///etc/passwd) ![x y](/etc/passwd) ![x y](../secret.png) <img src="../secret.png" onerror="x()">

[a](javascript:alert(1)) [b](vbscript:x) [c](data:text/html,x) <a href="javascript:x()" onclick="x()">d</a>

<object data="x"></object><script src="x"></script><style>p {}</style><svg onload="x()"><script>x()</script></svg>
"""


def test_nothing_that_runs_or_leads_out_of_the_folder_passes(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG")
    found = markdown.read(Document("a.md", EVIL.encode(), folder=str(folder)), SETTINGS)
    assert not any(resource.path for resource in found.article.resources)
    assert found.article.metadata.cover is None
    written = write_model(
        Read(msgspec.structs.replace(found.article, metadata=msgspec.structs.replace(found.article.metadata, title="")))
    )
    assert not re.search(r"javascript|vbscript|onerror|onclick|onload|script>|\"target\":\"data", written)
