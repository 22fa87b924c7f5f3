"""Report what each rule of the reader of scraped text is worth: the sites that it helps, and those that it harms.

Each rule is switched off in turn, and all texts are read again. A site is helped by a rule if its texts are read worse
without it. A rule earns its lines if it helps three sites and harms none; the others are marked.

    python -m tests.training.rule_report FOLDER... --sites SITES.json [--rules PATTERN]

A folder holds texts, and beside each a JSON file of the same stem that says what is in it: `title`, `byline`, `date`,
and `blocks` with `kind` ("heading", "caption", any other), `text` and `credit`; what is `optional` may be there or not.
SITES.json maps "folder/stem" to an object with the `site`. Neither is in this repository: their texts are others'.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

import msgspec

from exporter import readers
from exporter.article import Article, Block, Bullets, Figure, Heading, Numbered, block_text, inline_text
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import boilerplate, photo_credits
from exporter.readers.scraped import (
    author_notes,
    boilerplate_removal,
    caption_lines,
    copied_page_title,
    header_block,
    header_pieces,
    line_features,
    pull_quotes,
    scraped_title,
    section_headings,
)

_MIN_SITES_HELPED = 3
"""Sites that a rule must help to earn its lines."""

_MIN_CHANGE = 0.001
"""Change of a site's score that counts as one."""

_WORDS = re.compile(r"[^\W_]+")

_SWITCHED_OFF: Sequence[tuple[Any, str, Callable[..., Any]]] = (
    (author_notes, "_is_agency_line", lambda *_: False),
    (author_notes, "_is_author_note", lambda *_: False),
    (author_notes, "_is_byline_again", lambda *_: False),
    (author_notes, "_is_date_again", lambda *_: False),
    (boilerplate, "_is_promotion", lambda *_: False),
    (boilerplate, "_classify_row", lambda *_: ""),
    (boilerplate.calls_to_action, "classify_request", lambda *_: ""),
    (boilerplate_removal, "_find_form_lines", lambda *_: ()),
    (boilerplate_removal, "_find_repeated_menu", lambda *_: ()),
    (boilerplate_removal, "_is_linked_headline", lambda *_: False),
    (copied_page_title, "is_menu", lambda *_: False),
    (boilerplate_removal, "_find_end", lambda pieces, *_: len(pieces)),
    (boilerplate_removal, "_find_end_of_copy", lambda pieces, *_: len(pieces)),
    (boilerplate_removal.repeated_lines, "find_repeated_lines", lambda *_: set()),
    (caption_lines, "_has_act_and_date", lambda *_: False),
    (caption_lines, "_has_place_in_picture", lambda *_: False),
    (caption_lines, "_mark_glued", lambda pieces: pieces),
    (caption_lines, "_mark_named", lambda pieces, *_: pieces),
    (caption_lines, "_strip_gallery_numbers", list),
    (copied_page_title, "choose_title", lambda _pieces, usual, _body: usual),
    (header_block, "_find_dateline", lambda *_: ""),
    (header_block, "_find_section", lambda *_: ""),
    (header_block.unmarked_bylines, "find_name_lines", lambda *_: ()),
    (header_pieces, "_find_trailing_byline", lambda *_: 0),
    (header_pieces, "_names_before_counter", lambda *_: []),
    (header_pieces, "_starts_with_byline", lambda *_: False),
    (header_pieces, "_starts_with_date", lambda *_: False),
    (header_pieces, "_strip_share_words", lambda text, _: text),
    (header_pieces.glued_fields, "split_glued_facts", lambda text: text),
    (line_features, "_find_closer", lambda *_: set()),
    (line_features, "_find_exclamations", lambda *_: set()),
    (line_features, "_find_field_labels", lambda *_: set()),
    (line_features, "_find_numbered", lambda *_: set()),
    (line_features, "_find_outstanding", lambda *_: set()),
    (line_features, "_is_head_of_figures", lambda *_: False),
    (photo_credits, "_cut_at_label", lambda text: (text, "")),
    (photo_credits, "_cut_after_sentence", lambda text: (text, "")),
    (photo_credits, "_cut_at_space", lambda text: (text, "")),
    (photo_credits, "_cut_brackets", lambda text: (text, "")),
    (photo_credits, "_cut_leading", lambda text: (text, "")),
    (photo_credits, "_cut_name", lambda text: (text, "")),
    (pull_quotes, "_is_quoting_heading", lambda *_: False),
    (scraped_title, "_find_confirmed_title", lambda *_: None),
    (scraped_title, "_find_doubled_title", lambda *_: None),
    (scraped_title, "_is_variant", lambda *_: False),
    (section_headings, "_find_name_lines", lambda *_: set()),
    (section_headings, "_find_speakers", lambda *_: set()),
    (section_headings, "_is_fact", lambda *_: False),
    (section_headings, "_is_opening_heading", lambda *_: False),
    (section_headings, "_mark_chapter", lambda piece: piece),
)
"""The rules: where each stands, its name, and what finds nothing instead."""


class Case(msgspec.Struct, frozen=True):
    """A text, the site it is from, and what is in it."""

    document: Document
    site: str
    truth: Mapping[str, Any]


def main() -> None:
    """Print a line for each rule: the sites that it helps and harms, and the mean change of a site's score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--sites", type=Path, required=True)
    parser.add_argument("--rules", type=re.compile, default="", help="only rules whose names the expression finds")
    arguments = parser.parse_args()
    cases = list(_load_cases(arguments.folders, json.loads(arguments.sites.read_text(encoding="utf-8"))))
    whole = _score_sites(cases)
    print(f"{len(cases)} texts of {len(whole)} sites: {sum(whole.values()) / len(whole):.4f}")
    for name, switch_off in _list_switches():
        if not re.search(arguments.rules, name):
            continue
        with ExitStack() as stack:
            stack.enter_context(switch_off)
            boilerplate.classify.cache_clear()
            less = _score_sites(cases)
        boilerplate.classify.cache_clear()
        changes = {site: whole[site] - less[site] for site in whole if abs(whole[site] - less[site]) >= _MIN_CHANGE}
        helped = sorted(site for site, change in changes.items() if change > 0)
        harmed = sorted(site for site, change in changes.items() if change < 0)
        mark = " " if len(helped) >= _MIN_SITES_HELPED and not harmed else "?"
        print(f"{mark} {name}: +{len(helped)} -{len(harmed)} {sum(changes.values()) / len(whole):+.4f}", end="")
        print(f" | harms {', '.join(harmed[:5])}" if harmed else "", flush=True)


def _list_switches() -> Iterator[tuple[str, Any]]:
    """Yield the name of each rule and the patch that switches it off; each point for a heading is a rule, too."""
    for module, name, nothing in _SWITCHED_OFF:
        yield f"{module.__name__.rpartition('.')[2]}.{name}", patch.object(module, name, nothing)
    features = section_headings._FEATURES
    for number, (points, _) in enumerate(features):
        left = (*features[:number], *features[number + 1 :])
        yield f"section_headings._FEATURES[{number}] ({points:+d})", patch.object(section_headings, "_FEATURES", left)


def _load_cases(folders: Sequence[Path], sites: Mapping[str, Mapping[str, str]]) -> Iterator[Case]:
    for folder in folders:
        for path in sorted(folder.glob("*.txt")):
            truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            document = Document(name=path.name, data=path.read_bytes())
            yield Case(document, sites[f"{folder.name}/{path.stem}"]["site"], truth)


def _score_sites(cases: Sequence[Case]) -> dict[str, float]:
    """Return the mean score of each site's texts, from 0 to 1."""
    scores: dict[str, list[float]] = defaultdict(list)
    for case in cases:
        scores[case.site].append(_score(readers.read(case.document, InputSettings()).article, case.truth))
    return {site: sum(found) / len(found) for site, found in scores.items()}


def _score(article: Article, truth: Mapping[str, Any]) -> float:
    """Return the mean of the F1 of the blocks, in kind and text, and of what is right of title, authors and date."""
    wanted = Counter(_truth_key(block) for block in truth["blocks"] if not block.get("optional"))
    spare = Counter(_truth_key(block) for block in truth["blocks"] if block.get("optional"))
    found = Counter(key for block in article.blocks for key in _list_keys(block)) - spare
    right = (wanted & found).total()
    parts = [2 * right / max(wanted.total() + found.total(), 1)]
    parts.append(_key(article.metadata.title) == _key(truth["title"] or ""))
    if truth["byline"]:
        parts.append({_key(name) for name in article.metadata.authors} == {_key(name) for name in truth["byline"]})
    if truth["date"]:
        parts.append((article.metadata.published or "")[:10] == truth["date"])
    return sum(parts) / len(parts)


def _truth_key(block: Mapping[str, Any]) -> tuple[str, str, str]:
    kind = block["kind"] if block["kind"] in ("heading", "caption") else ""
    return kind, _key(block["text"]), _key(block.get("credit") or "")


def _list_keys(block: Block) -> Iterator[tuple[str, str, str]]:
    if isinstance(block, Bullets | Numbered):
        yield from (("", _key(" ".join(map(block_text, item.blocks))), "") for item in block.items)
    elif isinstance(block, Figure):
        yield "caption", _key(inline_text(block.caption)), _key(block.credit)
    else:
        yield "heading" if isinstance(block, Heading) else "", _key(block_text(block)), ""


def _key(text: str) -> str:
    return "".join(_WORDS.findall(text.casefold()))


if __name__ == "__main__":
    main()
