"""``show --html``: one page without a script or a request that shows what became of every text."""

from __future__ import annotations

import re
from pathlib import Path

from exporter.cli.commands.show import show
from exporter.cli.commands_table import COMMANDS
from exporter.cli.invocation import Call
from exporter.config import Config
from exporter.document import Document
from exporter.pipeline import read_work
from exporter.web_pages.account_page import make_account_page

PROSE = "The ferry leaves at nine, whatever the weather, and comes back when everybody has been fetched home."
SOURCE = (
    "<!DOCTYPE html><title>The ferry</title><nav>The <b>Gazette</b></nav><h1>The ferry</h1>"
    "<figure><img src=a.jpg><figcaption>At the pier. Photo: Ann Lee</figcaption></figure>"
    f"<h2>Home &lt;again&gt;</h2><p>{PROSE}</p>"
)


def rows(page: str) -> list[tuple[str, str, str]]:
    """Kind, label and text of each part of a page."""
    found = re.findall(
        r'<li class="(\w+)">\s*<p class="label"><b>([^<]*)</b>.*?<p class="text"[^>]*>([^<]*)</p>', page, re.DOTALL
    )
    return [(kind, label, text) for kind, label, text in found]


def test_every_text_is_shown_in_its_order_with_what_became_of_it() -> None:
    page = make_account_page([read_work(Document("a.html", SOURCE.encode()), Config())])
    assert rows(page) == [
        ("dropped", "left out", "The Gazette"),
        ("fact", "title", "The ferry"),
        ("picture", "caption", "At the pier."),
        ("dropped", "left out", "Photo:"),
        ("picture", "credit", "Ann Lee"),
        ("heading", "heading", "Home &lt;again&gt;"),
        ("body", "paragraph", PROSE),
    ]
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_source_that_is_kept_whole_is_shown_from_the_article() -> None:
    page = make_account_page([read_work(Document("a.md", f"# The ferry\n\n{PROSE}".encode()), Config())])
    assert ("body", "paragraph", PROSE) in rows(page)


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    source, target = tmp_path / "a.html", tmp_path / "account.html"
    source.write_text(SOURCE, encoding="utf-8")
    assert "html" in COMMANDS["show"].options
    assert show(Call("show", (str(source),), {"html": str(target)})) == 0
    assert "The Gazette" in target.read_text(encoding="utf-8")
