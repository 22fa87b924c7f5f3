"""The page that shows what a reader understood: the source's text in its order, what was kept as what, what was not.

It needs no script and requests nothing. Each part says in words and by its border what became of it, beside its colour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from exporter.account import Dropped, Kept, count_letters
from exporter.edition import Work
from exporter.readers.article_texts import list_texts
from exporter.web_pages.documents import page_asset, render_document

_FACT_ROLES = frozenset({"title", "byline", "section", "site", "rights"})
_HEADING_ROLES = frozenset({"heading", "term"})
_PICTURE_ROLES = frozenset({"caption", "credit"})


def make_account_page(works: Sequence[Work]) -> str:
    """Return the HTML of one page with the accounts of some articles, one after the other."""
    facts = {"title": works[0].source_article.metadata.title if works else "", "articles": list(map(_show_work, works))}
    return render_document("account.html.j2", [page_asset("account.css")], [], {}, facts)


def _show_work(work: Work) -> dict[str, object]:
    """Return what the template shows of one article."""
    article = work.source_article
    account = work.account or tuple(Kept(text, role) for role, text in list_texts(article) if text.strip())
    letters = Counter[str]()
    for part in account:
        letters["kept" if isinstance(part, Kept) else "dropped"] += count_letters(part.text)
    stated = msgspec.to_builtins(article.metadata)
    metadata = {name: value if isinstance(value, str) else ", ".join(value) for name, value in stated.items() if value}
    return {
        "language": article.metadata.language,
        "metadata": metadata,
        "kept": letters["kept"],
        "dropped": letters["dropped"],
        "share": round(100 * letters["dropped"] / (letters.total() or 1)),
        "reasons": Counter(part.why for part in account if isinstance(part, Dropped)).most_common(),
        "parts": [_show_part(part) for part in account],
    }


def _show_part(part: Kept | Dropped) -> dict[str, str]:
    if isinstance(part, Dropped):
        return {"kind": "dropped", "label": "left out", "why": part.why, "where": part.where, "text": part.text}
    kind = (
        "fact"
        if part.role in _FACT_ROLES
        else "heading"
        if part.role in _HEADING_ROLES
        else "picture"
        if part.role in _PICTURE_ROLES
        else "body"
    )
    return {"kind": kind, "label": part.role, "why": "", "where": "", "text": part.text}
