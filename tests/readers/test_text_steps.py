"""Steps of scraped text: what each recognises in pieces, and what it leaves alone."""

from __future__ import annotations

import msgspec
import pytest

from exporter.article import Metadata
from exporter.readers.scraped import (
    author_notes,
    boilerplate_removal,
    caption_lines,
    header_block,
    list_lines,
    scraped_title,
    section_headings,
)
from exporter.readers.scraped.scraped_page import ScrapedPage, TextPiece

PROSE = "The ferry leaves at seven in the morning and comes back when the tide allows, in winter perhaps the next day."

LONG_QUESTION = "You have said that ferries are for those who cannot swim; do you still think so, after such a year?"


def page(*texts: str) -> ScrapedPage:
    title = TextPiece("The ferry", kind="heading", level=1)
    return ScrapedPage((title, *map(TextPiece, texts)), Metadata(title="The ferry"))


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee (left) and Bo Chan mend a net.",
        "Ann Lee (Harbour Party, right) votes in Averill.",
        "Ann Lee (Hafenpartei, l.) und Bo Chan im Rathaus.",
        "Ann Lee reads to her son in Averill on May 3, 2024.",
        "Fishermen are seen on the beach of Averill, Sunday, May 5, 2024.",
        "The keeper of the light with his nine cats (Ann Lee)",
        "The new hall of the harbour from above (HMO)",
    ],
)
def test_a_caption_says_what_is_in_its_picture(text: str) -> None:
    assert caption_lines.mark_captions(page(PROSE, text, PROSE)).pieces[2].kind == "caption"


@pytest.mark.parametrize(
    "text",
    [
        "The harbour will be closed from May 3, 2024.",
        "Ann Lee (51, left-handed) said so.",
        "Ann Lee reads to her son every day.",
        "The keeper was last seen on May 3, 2024.",
        "The report looks at the storms that came after May 3, 2024.",
        "“Ann reads well,” said Bo Chan on May 3, 2024.",
        "MORE: What the divers found",
        "How to tell a story in a video",
        "A word on the Harbour Masters' Office (HMO)",
        "Lentil Soup (Slow Cooker)",
        "The divers (pictured) gave the anchor to the town. It wants to keep it.",
        "The ferry is ours, says Ann Lee (L)",
    ],
)
def test_other_lines_are_no_caption(text: str) -> None:
    assert caption_lines.mark_captions(page(PROSE, text, PROSE)).pieces[2].kind == "text"


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("The keeper of the light waves from his boat.", "(Averill Times)"), ["Averill Times"]),
        (("Abantu emnyango wolwandle namhlanje", "Image: Averill Harbour / Facebook"), ["Averill Harbour / Facebook"]),
        (("Four words stand here", "(Ann Lee)"), []),
        (("The boat came home. (AP)", PROSE, "The keeper waves. (Nine)"), ["AP", "Nine"]),
        (("The keeper waves. (Nine)", PROSE), []),
        (("Ann LeeThe hall is full.", PROSE, "The boat sails.Ann Lee"), ["Ann Lee", "Ann Lee"]),
        (("Ann LeeThe hall is full.", PROSE), []),
    ],
)
def test_credits_stand_in_brackets_below_labels_and_glued_to_several_captions(
    texts: tuple[str, ...], found: list[str]
) -> None:
    marked = caption_lines.mark_captions(page(PROSE, *texts, PROSE)).pieces
    assert [piece.credit for piece in marked if piece.kind == "caption"] == found


@pytest.mark.parametrize(
    ("lines", "kinds"),
    [
        (("The keeper at the lamp", "The keeper at the lamp"), ["caption"]),
        (("The keeper at the lamp.", "The keeper at the lamp. Photo: Ann Lee"), ["caption"]),
        (("The keeper is at the lamp.", "The keeper is at the lamp."), ["text"]),
        (("Ann: Yes", "Ann: Yes"), ["text", "text"]),
    ],
)
def test_words_for_those_who_cannot_see_a_picture_stand_once(lines: tuple[str, ...], kinds: list[str]) -> None:
    marked = caption_lines.mark_captions(page(PROSE, *lines, PROSE))
    assert [piece.kind for piece in marked.pieces[2:-1]] == kinds
    assert len(marked.notices) == len(lines) - len(kinds)


def test_a_remark_in_brackets_owns_no_credit() -> None:
    marked = caption_lines.mark_captions(
        page(PROSE, "(The Observer has a share in the ferry that this is about.)", "Photo: Ann Lee")
    )
    assert [piece.kind for piece in marked.pieces[1:]] == ["text", "text"]


def test_a_list_of_names_in_brackets_is_no_gallery() -> None:
    marked = caption_lines.mark_captions(
        page("The best director of the long winter (Ann Lee)", "The best actor of the long winter (Bo Chan)")
    )
    assert [piece.kind for piece in marked.pieces[1:]] == ["text", "text"]


def test_a_gallery_loses_its_numbers() -> None:
    marked = caption_lines.mark_captions(
        page(PROSE, "1/2 The boats leave the pier. Photo: Ann Lee", "2/2 The boats come back.", PROSE)
    )
    assert [(piece.kind, piece.text) for piece in marked.pieces[2:4]] == [
        ("caption", "The boats leave the pier."),
        ("caption", "The boats come back."),
    ]


@pytest.mark.parametrize(
    "texts", [("1/2 cup of sugar", "1/4 tsp salt", "3/4 cup flour"), ("1/2 It began so.", "2/2 It ended.")]
)
def test_fractions_and_threads_keep_their_numbers(texts: tuple[str, ...]) -> None:
    assert [piece.text for piece in caption_lines.mark_captions(page(PROSE, *texts)).pieces[2:]] == list(texts)


@pytest.mark.parametrize("credit", ["Photo: Ann Lee", "Ann Lee / AFP"])
def test_a_credit_below_the_last_paragraph_owns_none(credit: str) -> None:
    marked = caption_lines.mark_captions(page(PROSE, f"{PROSE} So it goes.", credit))
    assert [piece.kind for piece in marked.pieces[1:]] == ["text", "text"]


def test_who_took_all_the_pictures_owns_no_line() -> None:
    marked = caption_lines.mark_captions(
        page("A visit to the ferry and to its keeper", "Photographs by Ann Lee", PROSE)
    )
    assert [piece.kind for piece in marked.pieces[1:]] == ["text", "text"]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ((PROSE, "How it began", PROSE), ["How it began"]),
        ((PROSE, "– I felt alone", PROSE), ["– I felt alone"]),
        (
            (PROSE, "Best ferry under $500: The Averill", "Price: $499", "Colour: red", PROSE),
            ["Best ferry under $500: The Averill"],
        ),
        (("A short note.", "Ferries and bridges", PROSE), ["Ferries and bridges"]),
        (("Ann Lee", PROSE), []),
        (("Local news", "Ferries and bridges", PROSE), []),
        ((PROSE, "– and then it was over", PROSE), []),
        ((PROSE, "Price: $5", "Colour: red", PROSE), []),
        (
            (PROSE, "1 The Long Ferry by Ann Lee", "2 Bridges by Bo Chan", PROSE),
            ["1 The Long Ferry by Ann Lee", "2 Bridges by Bo Chan"],
        ),
        ((PROSE, "2. Tie it twice.", PROSE, "3. Look back.", PROSE), ["2. Tie it twice.", "3. Look back."]),
        ((PROSE, "2 onions", "3 cloves of garlic", "1 lemon", "4 eggs", PROSE), []),
        (("1 Institute of Ferries", "2 Harbour School", PROSE), []),
        ((PROSE, *("Quiet", "Light and small", "Made of wood", "Never late"), PROSE), []),
        ((PROSE, LONG_QUESTION, PROSE, "Why nine years?", PROSE, LONG_QUESTION, PROSE), []),
        ((PROSE, "Why nine years?", PROSE), ["Why nine years?"]),
        ((PROSE, "Q: Why?", PROSE, "Q: And then?", PROSE), []),
        ((PROSE, "Ann Lee, Bo Chan", PROSE), []),
        ((PROSE, "Harbour ferry (Ann Lee) $30 $18 (40% off)", PROSE), []),
        (
            (PROSE, "HARBOUR MASTER SAYS FERRIES WILL SAIL AGAIN BY NOON", PROSE),
            ["HARBOUR MASTER SAYS FERRIES WILL SAIL AGAIN BY NOON"],
        ),
        ((PROSE, "How to Mend a Ferry:", PROSE), ["How to Mend a Ferry:"]),
        ((PROSE, "What you need for it all:", PROSE), []),
        ((PROSE, "STORMS AT SEA", PROSE), ["STORMS AT SEA"]),
        ((PROSE, "😀 Our podcast", PROSE), []),
        ((PROSE, "+++ 15:04 A ferry is lost +++", PROSE), ["+++ 15:04 A ferry is lost +++"]),
        ((PROSE, "Tie it twice!", PROSE), ["Tie it twice!"]),
        ((PROSE, "And that is how a ferry was lost!", PROSE), []),
        (
            (PROSE, "Myth: ferries sink", PROSE, "Myth: bridges last", PROSE),
            ["Myth: ferries sink", "Myth: bridges last"],
        ),
        ((PROSE, "See: “The ferry”", PROSE, "See: “The bridge”", PROSE), []),
        ((PROSE, "”A ferry for all”", PROSE), ["”A ferry for all”"]),
        ((PROSE, "Hold on to the rail (or Try to)", PROSE), ["Hold on to the rail (or Try to)"]),
    ],
)
def test_headings_are_told_by_their_words_and_their_place(texts: tuple[str, ...], found: list[str]) -> None:
    marked = section_headings.mark_headings(page(*texts)).pieces
    assert [piece.text for piece in marked if piece.kind == "heading" and piece.level > 1] == found


@pytest.mark.parametrize(
    ("line", "times", "found"),
    [("And then came winter.", 2, True), ("And then came winter.", 1, False), (f"{PROSE[:70]}.", 2, False)],
)
def test_lines_closer_to_what_is_above_are_headings_although_they_end_in_a_stop(
    line: str, times: int, found: bool
) -> None:
    below = msgspec.structs.replace(TextPiece(PROSE), gap=2)
    marked = page(PROSE)
    pieces = (*marked.pieces, *(below, TextPiece(line)) * times, below, below)
    marked = section_headings.mark_headings(msgspec.structs.replace(marked, pieces=pieces))
    assert [piece.kind for piece in marked.pieces].count("heading") == 1 + times * found


def test_a_headline_that_stands_again_among_the_links_below_is_no_part_of_the_article() -> None:
    body = [PROSE.replace("seven", word) for word in ("five", "six", "nine", "ten", "noon", "one")]
    link = "Ministers ask harbours for help"
    kept = boilerplate_removal.drop_boilerplate(
        page(*body[:3], link, *body[3:], "You might also like", link, "Bridges are to open")
    ).pieces
    assert [piece.text for piece in kept[1:]] == body


@pytest.mark.parametrize(
    ("head", "below", "kept"),
    [
        ("Further reading", ("Lee, A. (2019). Sand and currents. Harbour Press", "https://harbour.invalid/sand"), True),
        (
            "Further reading",
            ("Ministers ask harbours for help", "3 May 2024", "Bridges are to open", "4 May 2024"),
            False,
        ),
        ("You might also like", ("Lee, A. (2019). Sand and currents. Harbour Press",), False),
    ],
)
def test_references_below_an_article_stay(head: str, below: tuple[str, ...], kept: bool) -> None:
    body = [f"{PROSE} So it goes at {hour}." for hour in ("five", "six", "nine")]
    found = boilerplate_removal.drop_boilerplate(page(*body, head, *below))
    assert [piece.text for piece in found.pieces[4:]] == ([head, *below] if kept else [])


BESIDE = ("Subscribe", "Share on Facebook", "Log in")


@pytest.mark.parametrize(
    ("above", "below", "kept"),
    [
        (
            ("Mountain railways", "When the ferry leaves", "Glacier reports", "Summary"),
            (),
            ("When the ferry leaves", "Summary"),  # the last one may be a heading
        ),
        ((), ("Mountain railways", "Glacier reports"), ()),
    ],
)
def test_rows_around_a_page_copied_whole_go_if_the_article_hardly_has_their_words(
    above: tuple[str, ...], below: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    body = [f"{PROSE} So it goes at {hour}." for hour in ("five", "six", "nine")]
    found = boilerplate_removal.drop_boilerplate(page(*BESIDE[:2], *above, *body, BESIDE[2], *below))
    rest = [piece.text for piece in found.pieces[1:] if piece.text not in body]
    assert rest == list(kept)


def test_rows_around_a_page_without_a_menu_stay() -> None:
    rows = ("Mountain railways", "Glacier reports")
    found = boilerplate_removal.drop_boilerplate(page(*rows, PROSE, PROSE.replace("seven", "five"), *rows))
    assert [piece.text for piece in found.pieces[1:] if piece.text in rows] == [*rows, *rows]


@pytest.mark.parametrize(
    ("lines", "gone"),
    [
        (
            (PROSE, "Se 6 bilder", PROSE, PROSE, "Se 6 bilder", "Se alle", PROSE, "Se 6 bilder", "Mer", PROSE),
            ["Se 6 bilder"],
        ),
        (
            (PROSE, "Mest lest", "Vinter", "Av Ann Lee", PROSE, "Mest lest", "Vinter", "Av Ann Lee", PROSE),
            ["Mest lest", "Vinter", "Av Ann Lee"],
        ),
        ((PROSE, "Fordeler", PROSE, "Fordeler", PROSE, "Fordeler", PROSE), []),
        ((PROSE, "Pris", "Vekt", PROSE, "Pris", "Vekt", PROSE), []),
        ((*("Å du", "Å ja", "Å nei") * 3, "Natten er lang, og fergen går ikke før i morgen."), []),
    ],
)
def test_lines_that_stand_there_again_and_again_are_dropped_in_any_language(
    lines: tuple[str, ...], gone: list[str]
) -> None:
    kept = [piece.text for piece in boilerplate_removal.drop_boilerplate(page(*lines)).pieces]
    assert [line for line in dict.fromkeys(lines) if line not in kept] == gone


def test_the_signature_of_an_embedded_post_is_dropped() -> None:
    lines = (PROSE, "— Ann Lee (@annlee) May 3, 2024", PROSE)
    assert [piece.text for piece in boilerplate_removal.drop_boilerplate(page(*lines)).pieces[1:]] == [PROSE, PROSE]


def test_a_row_of_hashtags_is_dropped() -> None:
    lines = (PROSE, "#ferry #Averill #sea", "#ferry is what they call it")
    kept = boilerplate_removal.drop_boilerplate(page(*lines)).pieces[1:]
    assert [piece.text for piece in kept] == [lines[0], lines[2]]


def test_counters_above_the_text_and_lines_of_marks_are_dropped() -> None:
    text = f"{PROSE} So it goes."
    kept = boilerplate_removal.drop_boilerplate(page("1.6k", "540", text, ",", "1.6k", text)).pieces[1:]
    assert [piece.text for piece in kept] == [text, "1.6k", text]


def test_the_label_of_a_name_or_date_that_is_not_there_is_dropped() -> None:
    kept = author_notes.drop_author_notes(
        page("Uppdaterad", "Von", "Updated at 11:45 p.m. ET", PROSE, "Von Anfang an")
    ).pieces[1:]
    assert [piece.text for piece in kept] == [PROSE, "Von Anfang an"]


ROW = ("2 onions, chopped", "1 tablespoon butter", "Salt", "4 eggs", "1 ferry")


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (ROW, ["bullet"] * 5),
        (("Ingredients", *ROW), ["text", *["bullet"] * 5]),
        (("Averill", "Old Harbour", "Long Quay", "Mill Hill"), ["bullet"] * 4),
        (ROW[:3], ["text"] * 3),
        (("Soon the ferry,", "late in winter,", "when the tide", "comes in,"), ["text"] * 4),
    ],
)
def test_lines_closer_together_than_paragraphs_are_a_list(row: tuple[str, ...], found: list[str]) -> None:
    lines = [TextPiece(text, gap=not n) for n, text in enumerate(row)]
    marked = list_lines.mark_rows(ScrapedPage((TextPiece(PROSE), *lines, TextPiece(PROSE)), Metadata(title="")))
    assert [piece.kind for piece in marked.pieces[1:-1]] == found


def test_items_are_numbered_without_a_space_behind_the_point() -> None:
    marked = list_lines.mark_lists(page("1.Set it down.", "2.Cut it.", "1.5 miles on", "2.5 miles on")).pieces[1:]
    assert [(piece.kind, piece.text) for piece in marked[:2]] == [("numbered", "Set it down."), ("numbered", "Cut it.")]
    assert [piece.kind for piece in marked[2:]] == ["text", "text"]


def test_the_times_of_a_live_blog_stay() -> None:
    entries = [text for time in ("15:40", "14:52", "13:10") for text in (time, PROSE)]
    assert [piece.text for piece in boilerplate_removal.drop_boilerplate(page(*entries)).pieces[1:]] == entries


def test_a_row_of_data_is_no_menu() -> None:
    row = "Engine: Diesel Two | Hull: Oak And Iron | Deck: Teak | Built: Averill Yard 1931"
    assert [piece.text for piece in boilerplate_removal.drop_boilerplate(page(PROSE, row, PROSE)).pieces[2:3]] == [row]


@pytest.mark.parametrize(
    ("lines", "authors", "published"),
    [
        (("By", "ANN LEE", "Published:", "3 May 2024"), ("Ann Lee",), "2024-05-03"),
        (("As told to Ann Lee", "3 May 2024"), ("Ann Lee",), "2024-05-03"),
        (("Averill, 3 May 2024",), (), "2024-05-03"),
        (("Opinion | 3 May 2024",), (), "2024-05-03"),
        (("May 3, 2024Updated 4:56 p.m. ET",), (), "2024-05-03"),
        (("May 3, 2024 6:00 am(Updated 6:01 am)",), (), "2024-05-03T06:00:00"),
        (("ANN LEE", "Averill - 3 MAY 2024 - 08:15 CET"), ("Ann Lee",), "2024-05-03T08:15:00+01:00"),
        (("The Long Ferry by Ann Lee", "3 May 2024"), (), "2024-05-03"),
        (("Ann Lee by Ann Lee", "3 May 2024"), ("Ann Lee",), "2024-05-03"),
    ],
)
def test_a_header_states_its_facts_in_many_ways(
    lines: tuple[str, ...], authors: tuple[str, ...], published: str
) -> None:
    metadata = header_block.read_header(header_block.join_labels(page(*lines, PROSE))).metadata
    assert (metadata.authors, metadata.published) == (authors, published)


@pytest.mark.parametrize(
    ("language", "published"), [("en", "2024-03-04"), ("en-GB", "2024-04-03"), ("es", "2024-04-03")]
)
def test_a_date_of_figures_is_read_in_the_order_of_its_language(language: str, published: str) -> None:
    marked = page("3/4/2024", PROSE)
    marked = msgspec.structs.replace(marked, metadata=msgspec.structs.replace(marked.metadata, language=language))
    assert header_block.read_header(marked).metadata.published == published


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee | Published 4 months ago", ("Ann Lee",)),
        ("Ann Lee and Bo Chan|2 days ago", ("Ann Lee", "Bo Chan")),
        ("Old bridges | 2 days ago", ()),
        ("Ann Lee | Averill", ()),
        ("Cooking Time: 40 minutes", ()),
    ],
)
def test_who_wrote_some_time_ago_is_an_author(line: str, names: tuple[str, ...]) -> None:
    assert header_block.read_header(page(line, PROSE)).metadata.authors == names


def test_a_caption_below_the_share_words_is_not_part_of_the_header() -> None:
    """Its date ends the piece, as a head's own would, but the head has one."""
    caption = "Bo Chan / APAnn Lee, who keeps the light, at the old harbour of Averill, on May 3, 2024."
    head = f"News The ferry at Averill sails By Bo Chan Published May 5, 2024 Facebook Email {caption}"
    taken = header_block.read_header(
        ScrapedPage((TextPiece(head), TextPiece(PROSE)), Metadata(title="The ferry at Averill sails"))
    )
    assert taken.pieces[0].text == caption


@pytest.mark.parametrize(
    ("lines", "authors", "published"),
    [
        (("ByAnn Lee", "Published March 9, 2026"), ("Ann Lee",), "2026-03-09"),
        (("By Ann LeeJanuary 14, 2026", PROSE), ("Ann Lee",), "2026-01-14"),
        (("Ann Lee", "Writer", "May 3, 2024"), ("Ann Lee",), "2024-05-03"),
        (("Ann Lee – Reporter", "Bo Chan – Reporter", "May 3, 2024"), ("Ann Lee", "Bo Chan"), "2024-05-03"),
        (("May 3, 2024 · 5 min read", "By Ann Lee"), ("Ann Lee",), "2024-05-03"),
        (("By Ann LeeStaff Writer", "May 3, 2024"), ("Ann Lee",), "2024-05-03"),
        (("By Ann Lee ⋅ Founder ⋅ Updated May 3, 2024 " + PROSE,), ("Ann Lee",), "2024-05-03"),
        (("May 3, 2024 | By Ann Lee Categories: Ferries, Winter. " + PROSE,), ("Ann Lee",), "2024-05-03"),
        (("2024-05-03, 15:04 | Lesedauer: 7 Minuten", "Ann Lee"), ("Ann Lee",), "2024-05-03T15:04:00"),
        (("Winter Tide", "May 3, 2024", f"{PROSE} The tide of winter is high."), (), "2024-05-03"),
        (("By harbour", "May 3, 2024", "The harbour is closed for the whole of the winter."), (), "2024-05-03"),
    ],
)
def test_a_copied_header_names_people_and_no_menu(
    lines: tuple[str, ...], authors: tuple[str, ...], published: str
) -> None:
    metadata = header_block.read_header(header_block.join_labels(page(*lines))).metadata
    assert (metadata.authors, metadata.published) == (authors, published)


def test_days_in_a_timeline_are_headings_and_no_date_of_publication() -> None:
    marked = section_headings.mark_days(
        page(f"{PROSE} And so on.", "March 3, 2023", "The stone is laid.", "June 12, 2023", "It sinks.")
    )
    assert [piece.text for piece in marked.pieces[1:] if piece.kind == "heading"] == ["March 3, 2023", "June 12, 2023"]
    assert header_block.read_header(marked).metadata.published is None


def test_dates_above_headlines_are_no_timeline() -> None:
    marked = section_headings.mark_days(
        page(f"{PROSE} And so on.", "March 3, 2023", "Stone laid", "June 12, 2023", "Stone sinks")
    )
    assert {piece.kind for piece in marked.pieces[1:]} == {"text"}


MENU = ("Home", "Sign in", "Subscribe", "Search", "Menu")


@pytest.mark.parametrize(
    ("tab", "others", "title"),
    [
        (
            "Ferry of Averill sold to the county | The Averill Observer",
            (*MENU, "The old ferry of Averill is sold to the county for good", "By Ann Lee", "May 3, 2024"),
            "The old ferry of Averill is sold to the county for good",
        ),
        (
            "Why the old ferry goes to the county",
            (*MENU, "Why the old ferry goes to the county", "The mayor says that the county was the only one to ask"),
            "Why the old ferry goes to the county",
        ),
        (
            "The Averill Letter",
            (*MENU, "The Averill Letter", "Why the ferry goes to the county", "Ann Lee", "May 3, 2024"),
            "Why the ferry goes to the county",
        ),
        (
            "Why the old ferry goes to the county",
            ("By Ann Lee", "The ferry on its last way", "The ferry on its last way"),
            "Why the old ferry goes to the county",
        ),
    ],
)
def test_the_heading_of_a_copied_page_says_what_its_tab_says(tab: str, others: tuple[str, ...], title: str) -> None:
    texts = (tab, *others, *(f"{PROSE} The county has bought it." for _ in range(4)))
    found = scraped_title.find_title(ScrapedPage(tuple(map(TextPiece, texts)), Metadata(title="")))
    assert found.metadata.title == title


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        (("Ann Lee", f"{PROSE} So it is."), ("Ann Lee",)),
        (("Ann Lee", "2 hours ago", f"{PROSE} So it is."), ("Ann Lee",)),
        (("Ann Lee | Bo Chan", "vor 3 Stundenvor 3 Stunden", f"{PROSE} So it is."), ("Ann Lee", "Bo Chan")),
        (("Ann Lee Ann Lee", "May 3, 2024", f"{PROSE} So it is."), ("Ann Lee",)),
        (("May 3, 2024", "Ann Lee@annlee", f"{PROSE} So it is."), ("Ann Lee",)),
        (("By Ann Lee, RDN, Averill", f"{PROSE} So it is."), ("Ann Lee",)),
        (("Ann Lee", "Photo: Bo Chan", f"{PROSE} So it is."), ()),
        (("Ann Lee", f"{PROSE} So it is.", "Ann Lee", PROSE), ()),
        (("Ann Lee", "Bo Chan", "The keeper of the light"), ()),
    ],
)
def test_a_name_below_the_title_or_beside_a_time_is_the_author(
    lines: tuple[str, ...], authors: tuple[str, ...]
) -> None:
    assert header_block.read_header(page(*lines)).metadata.authors == authors


def test_two_long_questions_of_an_article_with_short_ones_above_its_parts_make_no_interview() -> None:
    short = tuple(
        f"Which ferry is the {word} one of them all?" for word in ("oldest", "newest", "fastest", "cheapest", "best")
    )
    texts = [PROSE, LONG_QUESTION, PROSE, LONG_QUESTION, *(text for one in short for text in (one, PROSE))]
    marked = section_headings.mark_headings(page(*texts)).pieces
    assert [piece.text for piece in marked if piece.kind == "heading" and piece.level > 1] == list(short)


COMMENT = ("Bo Chan says", "May 4, 2024 at 7:45 PM", f"{PROSE} I have been on it.")


def test_the_comments_below_an_article_go() -> None:
    article = [f"{PROSE} That was in year {year}." for year in range(5)]
    kept = boilerplate_removal.drop_boilerplate(page(*article, *COMMENT, *COMMENT, *COMMENT))
    assert [piece.text for piece in kept.pieces[1:]] == article
    for start in ("Ann said...", "Bo Chan hat gesagt…", "6 Responses to “The ferry”", "3 Gedanken zu „The ferry“"):
        kept = boilerplate_removal.drop_boilerplate(page(*article, start, *COMMENT))
        assert [piece.text for piece in kept.pieces[1:]] == article
    for line in ("6 verses on “The bridge”", "And then Ann said it."):
        kept = boilerplate_removal.drop_boilerplate(page(*article, line, PROSE))
        assert [piece.text for piece in kept.pieces[1:]] == [*article, line, PROSE]
    thread = page(*COMMENT, *COMMENT, *COMMENT, *COMMENT)
    assert sum(piece.text == COMMENT[2] for piece in boilerplate_removal.drop_boilerplate(thread).pieces) == 4


def test_sentences_that_share_a_label_between_paragraphs_are_headings() -> None:
    marked = section_headings.mark_headings(page(PROSE, "Myth: ferries are slow.", PROSE, "Myth: they sink.", PROSE))
    assert [piece.text for piece in marked.pieces if piece.kind == "heading"][1:] == [
        "Myth: ferries are slow.",
        "Myth: they sink.",
    ]
