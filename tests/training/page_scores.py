"""Score what the reader of pages names (headings, captions, credits), by folds of sites.

A rule that is changed with an eye on some folds is judged by the others: a site is always in one fold.

    python -m tests.training.page_scores FOLDER... --sites SITES.json [--jobs 2]

A folder holds pages, and beside each a JSON file of the same stem, as `tests.training.rule_report` describes it;
SITES.json maps "folder/stem" to an object with the `fold`. Neither is in this repository: their texts are others'.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import mean
from typing import Any

from exporter import readers
from exporter.article import Article, Block, Bullets, Figure, Heading, Numbered, block_text, inline_text
from exporter.config import InputSettings
from exporter.document import Document

MEASURES = ("blocks", "headings", "captions", "credits")
"""The measures of a page: three F1 of texts, and the share of the credits that are right."""

_WORDS = re.compile(r"[^\W_]+")


def main() -> None:
    """Print the means of each fold, and those of all pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--sites", type=Path, required=True)
    parser.add_argument("--jobs", type=int, default=2, help="pages that are read at the same time")
    arguments = parser.parse_args()
    sites = json.loads(arguments.sites.read_text(encoding="utf-8"))
    pages = [page for folder in arguments.folders for page in sorted(folder.glob("*.html"))]
    rows: dict[str, list[Mapping[str, float]]] = defaultdict(list)
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for page, scores in zip(pages, pool.map(score_page, pages, chunksize=8), strict=True):
            rows[f"fold {sites[f'{page.parent.name}/{page.stem}']['fold']}"].append(scores)
            rows["all"].append(scores)
    print(f"{'':8} pages {' '.join(f'{name:>9}' for name in MEASURES)}")
    for name in sorted(rows, key=lambda name: (name == "all", name)):
        print(f"{name:8} {len(rows[name]):5} {' '.join(_describe_mean(rows[name], each) for each in MEASURES)}")


def score_page(page: Path) -> dict[str, float]:
    """Return the measures of a page; one that has no headings or captions has no measure of them."""
    truth = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return score(readers.read(Document(page.name, page.read_bytes()), InputSettings()).article, truth)


def score(article: Article, truth: Mapping[str, Any]) -> dict[str, float]:
    """Return the measures of an article beside its truth."""
    wanted = [(block["kind"], _key(block["text"])) for block in truth["blocks"] if not block.get("optional")]
    spare = Counter(_key(block["text"]) for block in truth["blocks"] if block.get("optional"))
    found = [row for block in article.blocks for row in _list_rows(block) if row[1]]
    scores = {"blocks": _f1(Counter(text for _, text, _ in found), Counter(text for _, text in wanted), spare)}
    for measure, kind in (("headings", "heading"), ("captions", "caption")):
        some = Counter(text for each, text, _ in found if each == kind)
        true = Counter(text for each, text in wanted if each == kind)
        if true or (some and kind == "heading"):
            scores[measure] = _f1(some, true, spare)
    owners = {text: _key(credit) for kind, text, credit in found if kind == "caption"}
    stated = [block for block in truth["blocks"] if block["kind"] == "caption" and block.get("credit")]
    if stated:
        scores["credits"] = mean(owners.get(_key(block["text"])) == _key(block["credit"]) for block in stated)
    return scores


def _list_rows(block: Block) -> Iterator[tuple[str, str, str]]:
    """Yield kind, text and credit of a block; each item of a list is one."""
    if isinstance(block, Bullets | Numbered):
        yield from (("item", _key(" ".join(map(block_text, item.blocks))), "") for item in block.items)
    elif isinstance(block, Figure):
        yield "caption", _key(inline_text(block.caption)), block.credit
    else:
        yield "heading" if isinstance(block, Heading) else "text", _key(block_text(block)), ""


def _f1(found: Counter[str], wanted: Counter[str], spare: Counter[str]) -> float:
    """Return the F1 of some texts; those that are `spare` may be found or not."""
    right = (found & wanted).total()
    wrong = (found - wanted - spare).total()
    return 2 * right / (right + wrong + wanted.total()) if right else float(not wrong and not wanted)


def _key(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold()))


def _describe_mean(rows: list[Mapping[str, float]], measure: str) -> str:
    values = [row[measure] for row in rows if measure in row]
    return f"{mean(values):9.3f}" if values else " " * 9


if __name__ == "__main__":
    main()
