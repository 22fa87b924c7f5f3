"""Report what each rule of the readers of scraped text and pages is worth: the sites that it helps, those it harms.

Each rule is switched off in turn, and the texts and pages in which it finds something are read again. A site is helped
by a rule if its texts are read worse without it. A rule earns its lines if it helps three sites and harms none; the
others are marked.

    python -m tests.training.rule_report FOLDER... --sites SITES.json [--rules PATTERN]

A folder holds texts or pages, and beside each a JSON file of the same stem that says what is in it: `title`, `byline`,
`date`, and `blocks` with `kind` ("heading", "caption", any other), `text` and `credit`; what is `optional` may be there
or not. SITES.json maps "folder/stem" to an object with the `site`. Neither is in this repository: their texts are
others'.
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
from exporter.readers import boilerplate, calls_to_action, photo_credits
from exporter.readers.page.post_filters import chain
from exporter.readers.scraped import (
    author_notes,
    boilerplate_removal,
    caption_lines,
    copied_page_title,
    header_block,
    header_pieces,
    header_spans,
    line_features,
    pull_quotes,
    scraped_title,
    section_headings,
    surrounding_lines,
    unmarked_bylines,
)
from tests.training.page_rules import PAGE_RULES

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
    (calls_to_action, "classify_request", lambda *_: ""),
    (boilerplate_removal, "_is_linked_headline", lambda *_: False),
    (boilerplate_removal, "_is_above_references", lambda *_: False),
    (copied_page_title, "is_menu", lambda *_: False),
    (boilerplate_removal, "_find_end", lambda pieces, *_: len(pieces)),
    (boilerplate_removal, "_find_end_of_copy", lambda pieces, *_: len(pieces)),
    (boilerplate_removal, "_find_comments_heading", lambda pieces, *_: len(pieces)),
    (surrounding_lines, "find_repeated_lines", lambda *_: set()),
    (caption_lines, "_has_act_and_date", lambda *_: False),
    (caption_lines, "_has_place_in_picture", lambda *_: False),
    (caption_lines, "_mark_glued", lambda pieces: pieces),
    (caption_lines, "_mark_named", lambda pieces, *_: pieces),
    (caption_lines, "_strip_gallery_numbers", list),
    (copied_page_title, "choose_title", lambda _pieces, usual, _body: usual),
    (header_block, "_find_dateline", lambda *_: ""),
    (header_block, "_find_section", lambda *_: ""),
    (unmarked_bylines, "find_name_lines", lambda *_: ()),
    (header_pieces, "_find_trailing_byline", lambda *_: 0),
    (header_pieces, "_section_before", lambda _: ""),
    (header_pieces, "_names_before_counter", lambda *_: []),
    (header_pieces, "_starts_with_byline", lambda *_: False),
    (header_pieces, "_starts_with_date", lambda *_: False),
    (header_pieces, "_strip_share_words", lambda text, _: text),
    (header_pieces, "_split_glued_facts", lambda text: text),
    (line_features, "_find_closer", lambda *_: set()),
    (line_features, "_find_exclamations", lambda *_: set()),
    (line_features, "_find_field_labels", lambda *_: set()),
    (line_features, "_find_numbered", lambda *_: set()),
    (photo_credits, "_cut_at_label", lambda text: (text, "")),
    (photo_credits, "_cut_after_sentence", lambda text: (text, "")),
    (photo_credits, "_cut_at_space", lambda text: (text, "")),
    (photo_credits, "_cut_brackets", lambda text: (text, "")),
    (photo_credits, "_cut_leading", lambda text: (text, "")),
    (photo_credits, "_cut_name", lambda text: (text, "")),
    (pull_quotes, "_is_quoting_heading", lambda *_: False),
    (scraped_title, "_find_confirmed_title", lambda *_: None),
    (scraped_title, "_find_doubled_title", lambda *_: None),
    (scraped_title, "_find_doubled_line", lambda _: ""),
    (scraped_title, "_is_variant", lambda *_: False),
    (section_headings, "_find_name_lines", lambda *_: set()),
    (section_headings, "_find_speakers", lambda *_: set()),
    (section_headings, "_is_fact", lambda *_: False),
    (section_headings, "_is_opening_heading", lambda *_: False),
    (section_headings, "_mark_chapter", lambda piece: piece),
    *PAGE_RULES,
)
"""The rules: where each stands, its name, and what finds nothing instead."""


_REMEMBERED = (boilerplate.classify, header_spans.is_fact, photo_credits.split_credit)
"""What remembers its answers, and would not ask a rule again."""


class Case(msgspec.Struct, frozen=True):
    """A text, its key "folder/stem", the site it is from, and what is in it."""

    key: str
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
    fired: dict[str, set[str]] = defaultdict(set)
    scores = {case.key: _score_case(case, fired) for case in cases}
    whole = _mean_by_site(cases, scores)
    print(f"{len(cases)} texts of {len(whole)} sites: {sum(whole.values()) / len(whole):.4f}")
    for name, switch_off in _list_switches():
        if not re.search(arguments.rules, name):
            continue
        with switch_off:
            again = {case.key: _score_case(case) for case in cases if case.key in fired[name]}
        less = _mean_by_site(cases, {**scores, **again})
        changes = {site: whole[site] - less[site] for site in whole if abs(whole[site] - less[site]) >= _MIN_CHANGE}
        helped = sorted(site for site, change in changes.items() if change > 0)
        harmed = sorted(site for site, change in changes.items() if change < 0)
        mark = " " if len(helped) >= _MIN_SITES_HELPED and not harmed else "?"
        print(f"{mark} {name}: +{len(helped)} -{len(harmed)} {sum(changes.values()) / len(whole):+.4f}", end="")
        print(f" | harms {', '.join(harmed[:5])}" if harmed else "", flush=True)


def _list_switches() -> Iterator[tuple[str, Any]]:
    """Yield the name of each rule and its patch that finds nothing: points for a heading and filters are rules, too."""
    for module, name, nothing in _SWITCHED_OFF:
        yield _rule_name(module, name), patch.object(module, name, nothing)
    features = section_headings._FEATURES
    for number in range(len(features)):
        left = (*features[:number], *features[number + 1 :])
        yield _point_name(number), patch.object(section_headings, "_FEATURES", left)
    for keep in chain._FILTERS:
        left_filters = tuple(other for other in chain._FILTERS if other is not keep)
        yield f"chain.{keep.__name__}", patch.object(chain, "_FILTERS", left_filters)


def _list_watches(key: str, fired: dict[str, set[str]]) -> Iterator[Any]:
    """Yield a patch of each rule that notes in which texts it finds something."""

    def watch(name: str, find: Callable[..., Any], nothing: Callable[..., Any]) -> Callable[..., Any]:
        def find_and_note(*arguments: Any, **named: Any) -> Any:
            found = find(*arguments, **named)
            found = tuple(found) if isinstance(found, Iterator) else found
            if found != nothing(*arguments, **named):
                fired[name].add(key)
            return found

        return find_and_note

    for module, name, nothing in _SWITCHED_OFF:
        yield patch.object(module, name, watch(_rule_name(module, name), getattr(module, name), nothing))
    features = tuple(
        (points, watch(_point_name(number), has_feature, lambda *_: False))
        for number, (points, has_feature) in enumerate(section_headings._FEATURES)
    )
    yield patch.object(section_headings, "_FEATURES", features)
    filters = tuple(watch(f"chain.{keep.__name__}", keep, lambda blocks, _: blocks) for keep in chain._FILTERS)
    yield patch.object(chain, "_FILTERS", filters)


def _rule_name(module: Any, name: str) -> str:
    return f"{module.__name__.rpartition('.')[2]}.{name}"


def _point_name(number: int) -> str:
    return f"section_headings._FEATURES[{number}] ({section_headings._FEATURES[number][0]:+d})"


def _load_cases(folders: Sequence[Path], sites: Mapping[str, Mapping[str, str]]) -> Iterator[Case]:
    for folder in folders:
        for path in sorted((*folder.glob("*.txt"), *folder.glob("*.html"))):
            truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            document = Document(name=path.name, data=path.read_bytes())
            key = f"{folder.name}/{path.stem}"
            yield Case(key, document, sites[key]["site"], truth)


def _score_case(case: Case, fired: dict[str, set[str]] | None = None) -> float:
    """Return the score of a text, from 0 to 1; note the rules that find something in it, if asked to."""
    for remembered in _REMEMBERED:
        remembered.cache_clear()
    with ExitStack() as stack:
        for watched in () if fired is None else _list_watches(case.key, fired):
            stack.enter_context(watched)
        article = readers.read(case.document, InputSettings()).article
    return _score(article, case.truth)


def _mean_by_site(cases: Sequence[Case], scores: Mapping[str, float]) -> dict[str, float]:
    """Return the mean score of each site's texts."""
    by_site: dict[str, list[float]] = defaultdict(list)
    for case in cases:
        by_site[case.site].append(scores[case.key])
    return {site: sum(found) / len(found) for site, found in by_site.items()}


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
