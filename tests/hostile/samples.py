"""A sample of every format that is read: what the mutations of `fuzzing` begin with."""

from __future__ import annotations

import base64
import io
import json
from functools import cache
from pathlib import Path

import docx

from tests.conftest import CHECKOUT, GOLDEN
from tests.readers import test_pdf
from tests.readers.test_mail import make_message, newsletter
from tests.readers.test_office_documents import make_notebook
from tests.sources.test_containers import ATOM, JSON_FEED, MHTML, PAGES, PNG, RSS, make_book, make_warc, make_zip

_FILES = (
    *("html/*.html", "markdown/*.md", "mail/*.html", "text-*/page.txt", "text-*/article.txt"),
    *("script-*/script.json", "script-*/script.md", "script-*/article.json"),
)
_FORMULAS = (
    "<article><h1>Waves</h1><p>Let <math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><msup><mi>y</mi><mn>2</mn></msup></mfrac>"
    "</math> be \\(a^2+b_1\\), and $$\\frac{1}{2}\\sqrt{x}$$ half of it.</p><svg viewBox='0 0 9 9'><text>a</text></svg>"
    "<table><tr><th>a<td rowspan=2>b<tr><td>c</table><dl><dt>a<dd>b</dl><ruby>a<rt>b</ruby></article>"
)
_RTF = (
    r"{\rtf1\ansi{\fonttbl{\f0 Times;}}{\b Fog} came in.\par It \'e4 \u8364? stayed.\par"
    r"\trowd\cellx9 a\cell b\cell\row}"
)
_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:h '
    'text:outline-level="1">Fog</text:h><text:p>It came in.<text:note><text:note-body><text:p>Late.</text:p>'
    "</text:note-body></text:note></text:p></office:text></office:body></office:document-content>"
)


@cache
def collect_samples() -> dict[str, bytes]:
    """Return the samples by name, in an order that is always the same."""
    paths = [path for pattern in _FILES for path in sorted(GOLDEN.glob(pattern))]
    paths += sorted((Path(__file__).parents[1] / "sources" / "data").iterdir())
    paths += [path for path in sorted((CHECKOUT / "examples").iterdir()) if path.suffix in {".txt", ".html", ".md"}]
    found = {f"{path.parent.name}/{path.name}": path.read_bytes() for path in paths}
    return found | _make_samples()


def _make_samples() -> dict[str, bytes]:
    message = make_message()
    message.set_content("Fog came in.\n> It stayed.\n-- \nAnn")
    code = {
        "cell_type": "code",
        "source": "plot()",
        "outputs": [{"data": {"image/png": base64.b64encode(PNG).decode()}}],
    }
    odt_files = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": _ODT}
    return {
        "feed.rss": RSS.encode(),
        "feed.atom": ATOM.encode(),
        "feed.json": JSON_FEED,
        "page.mht": MHTML,
        "archive.warc": make_warc(gzipped=False, pages=PAGES),
        "archive.warc.gz": make_warc(gzipped=True, pages=PAGES),
        "book.epub": make_book(),
        "pages.zip": make_zip({"a/b.html": "<p>Fog <img src=c.png>", "a/c.png": PNG, "d.md": "# Fog\n\n![](a/c.png)"}),
        "letter.eml": bytes(message),
        "newsletter.eml": bytes(newsletter()),
        "box.mbox": b"From ann@x Mon Feb  3 08:30:00 2025\n" + bytes(message) + b"\n",
        "paper.pdf": test_pdf.make_pdf(test_pdf.column(50, 700, *test_pdf.LEFT), info="/Title (Fog)"),
        "trams.ipynb": make_notebook({"cell_type": "markdown", "source": ["# Trams\n", "We count $x$."]}, code),
        "letter.rtf": _RTF.encode(),
        "letter.odt": make_zip(odt_files, stored="mimetype"),
        "letter.docx": _make_word_document(),
        "formulas.html": _FORMULAS.encode(),
        "link.url": b"[InternetShortcut]\r\nURL=https://quay.example/fog\r\n",
        "list.json": json.dumps([{"url": "https://quay.example/fog", "title": "Fog", "content": "<p>Fog."}]).encode(),
    }


def _make_word_document() -> bytes:
    document = docx.Document()
    document.add_heading("Fog", 1)
    document.add_paragraph("It came in.", style="List Bullet")
    document.add_table(2, 2).cell(0, 0).text = "a"
    document.add_picture(io.BytesIO(PNG))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
