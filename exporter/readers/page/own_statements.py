"""What a page itself says its article is: its own elements for it, and the parts that its data for machines state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from exporter.errors import Notice
from exporter.readers.page import jsonld
from exporter.readers.page.dom import BLOCK_TAGS, Element, collapse_space, text_of
from exporter.readers.page.element_index import ElementIndex
from exporter.readers.page.page_metadata import PageMetadata, clean_value
from exporter.readers.text_tests import text_key

_BODY_PROPERTIES = frozenset({"articlebody"})
_PART_PROPERTIES = frozenset({"recipeingredient", "ingredients", "recipeinstructions", "step"})
"""Properties of schema.org whose values are parts of what an article says, in lower case."""

_PART_NAMES = frozenset(
    "ingredient ingredients instructions directions zutat zutaten zubereitung ingrediente ingredientes ingredienti "
    "preparazione preparacion bereidingswijze ingrediënten ingredienser skladniki".split()
)
"""Words in class names and ids of parts of a recipe."""

_MIN_NAMED_PARTS = 3
"""Blocks in elements of those names that make a recipe of a page."""

_MIN_FOUND_SHARE = 0.7
"""Share of the stated letters or words that must be found: counts of words include captions, or boxes."""

_MIN_PART_LETTERS = 4
"""Letters of a stated part that is looked for in the page; fewer may be anything."""

_MIN_STANDFIRST_CHARS = 40
"""Characters of a description that may be the standfirst; shorter ones may be a label."""

_MIN_OWN_SHARE = 0.5
"""Share of a page's letters that its own element for the article must hold: a page of teasers has many small ones."""


def find_own_element(body: Element, index: ElementIndex) -> Element | None:
    """Return the element that a page marks as its article (``articleBody``, ``article``, ``main``); None if unclear."""
    least = _MIN_OWN_SHARE * len(text_of(body))
    articles = [part for part in body.iter("article") if next(part.iterancestors("article"), None) is None]
    mains = [*body.iter("main"), *(part for part, role in index.having("role") if role == "main")]
    for candidates in (index.with_property(_BODY_PROPERTIES), articles, mains):
        sizes = {part: len(text_of(part)) for part in candidates if body in part.iterancestors()}
        largest = max(sizes, key=sizes.__getitem__, default=None)
        if largest is not None and sizes[largest] >= least:
            return largest
    return None


def find_standfirst(texts: Iterable[tuple[str, Element]], index: ElementIndex, description: str) -> Iterator[Element]:
    """Yield the elements whose text is the description by metadata or microdata, whatever the page calls them.

    `texts` are the visible texts of the page, each with its element.
    """
    yield from (part for part, stated in index.having("itemprop") if stated in {"description", "alternativeHeadline"})
    begin = collapse_space(description)[:_MIN_STANDFIRST_CHARS]
    if len(begin) < _MIN_STANDFIRST_CHARS:
        return
    key = text_key(description)
    for text, element in texts:
        if len(text) >= len(begin) and collapse_space(text).startswith(begin) and text_key(text_of(element)) == key:
            yield element


def find_stated_parts(metadata: PageMetadata, index: ElementIndex) -> frozenset[str]:
    """Return the comparison keys of the ingredients and steps that a page states for machines."""
    texts = [text for node in metadata.objects if "recipe" in jsonld.types_of(node) for text in _recipe_texts(node)]
    for element in index.with_property(_PART_PROPERTIES):
        texts += [text_of(item) for item in element.iter("li")] or [text_of(element)]
    named = [text for element in index.named(_PART_NAMES) for text in _leaf_texts(element)]
    texts += named if len(set(named)) >= _MIN_NAMED_PARTS else []
    return frozenset(key for text in texts if len(key := text_key(clean_value(text))) >= _MIN_PART_LETTERS)


def _leaf_texts(element: Element) -> Iterator[str]:
    """Yield the text of each block in an element that holds no other block."""
    holders = {block.getparent() for block in element.iter(*BLOCK_TAGS)}
    yield from (text_of(block) for block in element.iter(*BLOCK_TAGS) if block not in holders)


def _recipe_texts(node: jsonld.Node) -> Iterator[str]:
    ingredients = node.get("recipeIngredient") or node.get("ingredients") or ()
    yield from (jsonld.value_text(value) for value in (ingredients if isinstance(ingredients, list) else [ingredients]))
    yield from _step_texts(node.get("recipeInstructions"))


def _step_texts(value: Any) -> Iterator[str]:
    """Yield the steps of a recipe: a text, a list of steps, or sections that hold steps."""
    if isinstance(value, list):
        for each in value:
            yield from _step_texts(each)
    elif isinstance(value, dict):
        yield from _step_texts(value.get("itemListElement") or value.get("text") or value.get("name"))
    elif isinstance(value, str):
        yield value


def find_shortfall(metadata: PageMetadata, texts: Iterable[str]) -> tuple[Notice, ...]:
    """Return the notice that less was found than the page states for machines: of its article's text, or its words."""
    text = " ".join(texts)
    stated = clean_value(metadata.jsonld_text("articleBody"))
    if stated and len(text_key(stated)) * _MIN_FOUND_SHARE > len(text_key(text)):
        found, whole = len(text.split()), len(stated.split())
    else:
        found, whole = len(text.split()), _parse_count(metadata.jsonld_text("wordCount"))
    if found >= whole * _MIN_FOUND_SHARE:
        return ()
    return (Notice("the article", f"the page states {whole} words, and {found} were found: --verbose tells the rest"),)


def _parse_count(value: str) -> int:
    return int(value) if value.isdecimal() else 0
