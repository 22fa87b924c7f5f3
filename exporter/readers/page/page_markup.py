"""Rewrites a page's tree before it is read: frames, shadow roots and films, panels that a click opens, and pictures."""

from __future__ import annotations

import re
from itertools import chain, islice, repeat
from pathlib import Path
from urllib.parse import unquote

from exporter.document import Document
from exporter.errors import Notice, SourceError
from exporter.readers.page import dom, html_encoding
from exporter.readers.page.dom import Element
from exporter.readers.page.element_index import ElementIndex
from exporter.readers.text_tests import ends_sentence

_SHADOW_ATTRIBUTES = ("shadowrootmode", "shadowroot")
_SAVED_PICTURE = re.compile(r"(--sf-img-\d+)\s*:\s*url\(\s*[\"']?([^\"')]+)")
"""A picture that SingleFile keeps in a variable of its style sheet."""

_PICTURE_VARIABLE = re.compile(r"var\(\s*(--sf-img-\d+)\s*\)")
_BACKGROUND_PICTURE = re.compile(r"background(?:-image)?\s*:[^;]*?url\(\s*[\"']?([^\"')]+)")
_FILM_ADDRESS = re.compile(r"embed|video|player|vimeo|youtu", re.IGNORECASE)
_FRAME_SUFFIXES = (".html", ".htm", ".xhtml")

_MAX_FRAMES = 50
"""Frames of a page whose documents are read."""

_PICTURE_WORDS = frozenset({"image", "img", "picture"})
_HEADING_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary")

_MAX_BUTTONS = 1000
"""Buttons of a page that are looked at: bounds the time."""

_MIN_PANEL_CHARS = 20
"""Characters of running text in a panel that is part of the article; menus and share boxes have no sentence."""


def open_frames(root: Element, document: Document) -> tuple[Notice, ...]:
    """Put frames and shadow roots where they are shown; returns a notice for each frame and each film left out."""
    frames = list(root.iter("iframe", "frame"))[:_MAX_FRAMES]
    notices = [notice for frame in frames for notice in _open_frame(frame, document)]
    for template in list(root.iter("template")):
        if any(name in template.attrib for name in _SHADOW_ATTRIBUTES):
            template.tag = "div"
    if root.find("body") is None:
        for tag, frameset in zip(chain(("body",), repeat("div")), list(root.iter("frameset")), strict=False):
            frameset.tag = tag
    return (*notices, *_list_films(root))


def rewrite_page(root: Element, index: ElementIndex) -> None:
    """Put pictures where they are looked for, and show the panels that a click opens."""
    _find_saved_pictures(root, index)
    _find_background_pictures(index)
    for picture in root.iter("picture"):
        _add_image(picture)
    for element, _ in index.having("data-src"):
        if "-" in element.tag and not _PICTURE_WORDS.isdisjoint(dom.name_words(element.tag)) and not len(element):
            element.tag = "img"  # an element of the page's own programs
    _open_panels(root, index)
    for image in root.iter("img"):
        source = image.get("src", "")
        if "\\" in source and "://" not in source:
            image.set("src", source.replace("\\", "/"))


def _find_saved_pictures(root: Element, index: ElementIndex) -> None:
    """Give pictures whose source is a variable of a style sheet that source."""
    shown = [image for image, style in index.having("style") if image.tag == "img" and _PICTURE_VARIABLE.search(style)]
    if not shown:
        return
    sheets = "\n".join(style.text or "" for style in root.iter("style"))
    sources = dict(_SAVED_PICTURE.findall(sheets))
    for image in shown:
        found = _PICTURE_VARIABLE.search(image.get("style", ""))
        if found and (source := sources.get(found[1])):
            image.set("src", source)


def _find_background_pictures(index: ElementIndex) -> None:
    """Turn empty elements whose background is a picture into one, if they say or a figure shows that they are one."""
    for element, style in index.having("style"):
        found = _BACKGROUND_PICTURE.search(style)
        if found and not len(element) and not (element.text or "").strip() and _shows_background(element):
            element.tag = "img"
            element.set("src", found[1])
            element.set("alt", element.get("alt") or element.get("aria-label", ""))


def _shows_background(element: Element) -> bool:
    """Whether an element is a picture by WAI-ARIA's role, or the only one of a figure."""
    figure = next(element.iterancestors("figure"), None)
    return element.get("role") == "img" or (figure is not None and next(figure.iter("img", "video"), None) is None)


def _add_image(picture: Element) -> None:
    """Give a ``picture`` without an ``img``, in which a browser shows nothing, one of its first source."""
    if next(picture.iter("img"), None) is None and (source := picture.find("source")) is not None:
        picture.append(picture.makeelement("img", dict(source.items())))


def _open_panels(root: Element, index: ElementIndex) -> None:
    """Turn the buttons that are headings, or open a panel of running text, into words, and show their panels."""
    named = (part for part, role in index.having("role") if role == "button" and part.tag != "button")
    buttons = [*islice(chain(root.iter("button"), named), _MAX_BUTTONS)]
    controls = {button.get("aria-controls") for button in buttons} - {None}
    panels = {name: part for part, name in index.having("id") if name in controls}
    for button in buttons:
        panel = panels.get(button.get("aria-controls", ""))
        if panel is not None and not _is_running_text(panel):
            panel = None
        is_heading = _is_whole_heading(button)
        if panel is not None or is_heading:
            button.attrib.pop("role", None)
            button.tag = button.tag if button.tag != "button" else "span" if is_heading else "p"
        if panel is not None:
            for attribute in ("hidden", "aria-hidden", "style"):
                panel.attrib.pop(attribute, None)


def _is_whole_heading(button: Element) -> bool:
    """Whether a button is a heading, or all the words of one."""
    heading = button if button.tag in _HEADING_TAGS else next(button.iterancestors(*_HEADING_TAGS), None)
    return heading is not None and dom.text_of(heading) == dom.text_of(button) != ""


def _is_running_text(panel: Element) -> bool:
    """Whether a panel holds a sentence, and more than links."""
    text = dom.text_of(panel)
    return len(text) >= _MIN_PANEL_CHARS and ends_sentence(text) and dom.count_link_chars(panel) * 2 < len(text)


def _open_frame(frame: Element, document: Document) -> list[Notice]:
    """Put the document of a frame in its place if it is in the page or in a file beside it; else return a notice."""
    address = frame.get("src", "")
    source = frame.get("srcdoc", "") or _read_frame_file(address, document)
    if source.strip():
        try:
            inner = dom.parse_html(source, document.name).find("body")
        except SourceError:
            inner = None
        if inner is not None:
            inner.tag = "div"
            inner.tail = frame.tail
            frame.getparent().replace(frame, inner)
            return []
    if address.lower().startswith(("http://", "https://", "//")):
        if _FILM_ADDRESS.search(address) or "allowfullscreen" in frame.attrib:
            return [Notice(frame.get("title") or "a film", f"not in the article: {address}")]
        return []
    local = address and not address.startswith(("about:", "javascript:", "data:", "blob:", "#"))
    return [Notice("a frame", f"its file was not read: {address}")] if local else []


def _read_frame_file(address: str, document: Document) -> str:
    """Return the page in a frame's file within the document's folder; empty if there is none."""
    path = unquote(address.partition("?")[0].partition("#")[0])
    if document.folder is None or not path.lower().endswith(_FRAME_SUFFIXES) or "\0" in path or ":" in path:
        return ""
    try:
        folder = Path(document.folder).resolve()
        found = (folder / path).resolve()
        if not found.is_relative_to(folder) or not found.is_file():
            return ""
        return html_encoding.decode_html(found.read_bytes(), "")
    except (OSError, ValueError, RuntimeError):
        return ""


def _list_films(root: Element) -> list[Notice]:
    """Return a notice for each film or sound that is part of a page."""
    notices: list[Notice] = []
    for film in root.iter("video", "audio"):
        sources = [film.get("src", ""), *(source.get("src", "") for source in film.iter("source"))]
        if address := next((each for each in sources if each and not each.startswith(("blob:", "data:"))), ""):
            name = film.get("title") or film.get("aria-label") or ("a film" if film.tag == "video" else "a recording")
            notices.append(Notice(name, f"not in the article: {address}"))
    return notices
