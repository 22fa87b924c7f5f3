"""Markup of many makers: listings, formulas, frames, films, pictures, notes, dates and cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.article import (
    CodeBlock,
    Figure,
    MathBlock,
    NoteMark,
    Numbered,
    Table,
    all_blocks,
    block_text,
    inline_text,
    number_items,
)
from exporter.config import InputSettings
from exporter.document import Document
from exporter.readers import Read, html
from exporter.readers.article_texts import list_texts

PROSE = "The ferry leaves at nine, whatever the weather, and comes back when everybody has been fetched home."
STORY = f"<p>{PROSE}</p>" * 24


def read_page(body: str, folder: Path | None = None, head: str = "") -> Read:
    page = f"<!DOCTYPE html><html lang=en><head><title>The ferry</title>{head}</head><body><nav>Home</nav><article>"
    page += f"<h1>The ferry</h1>{STORY}{body}{STORY}</article></body></html>"
    return html.read(Document("a.html", page.encode(), folder=str(folder) if folder else None), InputSettings())


def text_in(found: Read) -> str:
    return "\n".join(text for _, text in list_texts(found.article))


KEPT = [
    ("<pre><code>a = 1 <span class='hljs-comment'># open first</span>\nb()</code></pre>", "a = 1 # open first\nb()"),
    ("<pre>A\n<div class=comment>; clear it</div>JMP</pre>", "; clear it"),
    ("<pre><code><span class=sidebar>sidebar</span>: true</code></pre>", "sidebar: true"),
    ("<p>He rang, <span class=comment>as she said</span>, and left.</p>", "He rang, as she said, and left."),
    ("<iframe srcdoc='&lt;p&gt;In the frame.&lt;/p&gt;'></iframe>", "In the frame."),
    ("<x-note><template shadowrootmode=open><p>In the shadow.</p></template></x-note>", "In the shadow."),
    ("<pre>The council regrets that the works have kept you awake, and thanks all.</pre>", "kept you awake"),
    (r"<p>Make <img src='https://latex.codecogs.com/svg.latex?\alpha+\beta'> here.</p>", r"\alpha+\beta"),
    (r"<p>It is <img src='/x?a' alt='\frac{h}{s}'> now.</p>", r"\frac{h}{s}"),
    ("<p>Let <span data-math='n+1'><span class=katex>n</span></span> be it.</p>", "n+1"),
    (
        "<table><tr><th>L</th></tr><tr><td><ul><li>5 to 9</li><li>15 to 19</li></ul></td></tr></table>",
        "5 to 9 15 to 19",
    ),
    (
        "<table><tr><th>L</th></tr><tr><td>Then:<ol start=3><li><p>Stir.</p><li value=7>Rest.</ol></td></tr></table>",
        "Then: 3. Stir. 7. Rest.",
    ),
    (
        "<table><tr><th>L</th></tr><tr><td><ol reversed><li>Two<ol><li>one</ol><li>One</ol></td></tr></table>",
        "2. Two 1. one 1. One",
    ),
]
DROPPED = [
    ("<video><source src=/ride.mp4>Your browser shows no films.</video>", "shows no films"),
    ("<div class=card><a href=/b><img src=b.jpg alt='Men'></a><h3><a href=/b>Bath opens late</a></h3></div>", "Bath"),
]
TOLD = [
    ("<video src=https://a.example/ride.mp4></video>", "https://a.example/ride.mp4"),
    ("<iframe src=https://www.youtube.com/embed/abc title='A ride' allowfullscreen></iframe>", "youtube.com/embed/abc"),
    ("<iframe src=inner.html></iframe>", "inner.html"),
]


@pytest.mark.parametrize(("body", "words"), KEPT)
def test_words_are_kept(body: str, words: str) -> None:
    assert words in " ".join(text_in(read_page(body)).split(" ")) or words in " ".join(text_in(read_page(body)).split())


@pytest.mark.parametrize(("body", "words"), DROPPED)
def test_words_are_left_out(body: str, words: str) -> None:
    found = read_page(body)
    assert words not in text_in(found)
    assert not [block for block in found.article.blocks if isinstance(block, Figure)]


@pytest.mark.parametrize(("body", "address"), TOLD)
def test_what_is_not_read_is_told(body: str, address: str) -> None:
    assert any(address in notice.text for notice in read_page(body).notices)


def test_an_advertisement_in_a_frame_is_not_told() -> None:
    assert not read_page("<iframe src=https://ads.example/banner width=300></iframe>").notices


def test_a_frame_in_a_file_beside_the_page_is_read_and_none_outside(tmp_path: Path) -> None:
    folder = tmp_path / "page"
    folder.mkdir()
    (folder / "inner.html").write_text("<p>Within the file.</p>", encoding="utf-8")
    (tmp_path / "outer.html").write_text("<p>Outside.</p>", encoding="utf-8")
    assert "Within the file." in text_in(read_page("<iframe src=inner.html></iframe>", folder))
    found = read_page("<iframe src=../outer.html></iframe>", folder)
    assert "Outside." not in text_in(found)
    assert "../outer.html" in found.notices[0].text


PICTURES = [
    "<figure><img class=lazy src=dot.png alt=Rails><noscript><img src=rails.png></noscript></figure>",
    "<div><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' alt=''></div>"
    "<noscript>&lt;img src=rails.png alt=R&gt;</noscript>",
    "<figure><img src='files\\rails.png' alt=Rails></figure>",
    "<figure><img src='data:,' style='background-image:var(--sf-img-3)' alt=Rails></figure>",
    "<figure><span style='background: url(rails.png) center'></span><figcaption>Rails</figcaption></figure>",
    "<figure><div role=img aria-label=Rails style='background-image: url(&quot;rails.png&quot;)'></div></figure>",
]


@pytest.mark.parametrize("body", PICTURES)
def test_the_picture_itself_is_found(body: str, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for name in ("rails.png", "dot.png", "files/rails.png"):
        (tmp_path / name).write_bytes(b"x")
    found = read_page(body, tmp_path, "<style>:root{--sf-img-3: url('rails.png')}</style>")
    assert [resource.name for resource in found.article.resources] == ["rails.png"]


NOTES = [
    "<p>Older.<span class=inline-footnote>1<span style='display:none'>From a ship.</span></span> So.</p>",
    "<p>Older.<sup>2</sup> So.</p><p class=footnote><sup>2</sup>From a ship.</p>",
]


@pytest.mark.parametrize("body", NOTES)
def test_a_note_without_a_link_is_a_note(body: str) -> None:
    article = read_page(body).article
    assert [inline_text(note.blocks[0].content) for note in article.notes] == ["From a ship."]  # type: ignore[union-attr]
    marked = [block for block in article.blocks if any(isinstance(i, NoteMark) for i in getattr(block, "content", ()))]
    assert inline_text(marked[0].content) == "Older. So."  # type: ignore[union-attr]


NO_DATES = [
    "<table><tr><th>Car</th><th>Built</th></tr><tr><td>Nine</td><td>1958-04-02</td></tr></table>",
    "<ul><li>3 June 1911: the first ferry</li><li>17 August 1944: the last</li></ul>",
]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<aside epub:type=footnote id=fn1>1. From a ship.</aside>", "From a ship."),
        ("<aside epub:type=footnote id=fn1><p>[1] From a ship.</p></aside>", "From a ship."),
        ("<div class=footnote id=fn1><p><sup>1</sup> From a ship.</p></div>", "From a ship."),
        ("<aside epub:type=footnote id=fn1>1 January was cold.</aside>", "1 January was cold."),
        ("<aside epub:type=footnote id=fn1>1.5 metres long.</aside>", "1.5 metres long."),
        ("<aside epub:type=footnote id=fn1>10. It rained.</aside>", "10. It rained."),
    ],
)
def test_a_note_does_not_begin_with_its_own_number(body: str, text: str) -> None:
    mark = "<p>It was older than the mill.<a epub:type=noteref href='#fn1'><sup>1</sup></a> So they said.</p>"
    note = read_page(mark + body).article.notes[0]
    assert note.label == "1"
    assert " ".join(map(block_text, note.blocks)).strip() == text


@pytest.mark.parametrize("body", NO_DATES)
def test_a_date_of_the_text_is_not_that_of_publication(body: str) -> None:
    page = f"<h1>The ferry</h1>{body}<p>{PROSE}</p>"
    assert html.read(Document("a.html", page.encode()), InputSettings()).article.metadata.published is None


def test_the_labelled_date_of_a_table_is_that_of_publication() -> None:
    rows = "<tr><td>By</td><td>Ann Lee</td></tr><tr><td>Published:</td><td>3 May 2025</td></tr>"
    page = f"<h1>The ferry</h1><table>{rows}</table><p>{PROSE}</p>"
    assert html.read(Document("a.html", page.encode()), InputSettings()).article.metadata.published == "2025-05-03"


@pytest.mark.parametrize("heading", ["Tram is<br>in town", "<b style='display:block'>Tram is</b><b>in town</b>"])
def test_parts_of_a_title_below_each_other_are_words_apart(heading: str) -> None:
    page = f"<h1>{heading}</h1><p>{PROSE}</p>"
    assert html.read(Document("a.html", page.encode()), InputSettings()).article.metadata.title == "Tram is in town"


def test_a_formula_of_two_renderings_is_read_once_and_a_drawn_one_is_a_picture() -> None:
    math = "<math><mi>v</mi></math>"
    once = read_page(f"<p>So <span class=MathJax>{math}</span><script type='math/tex'>v</script> it is.</p>")
    assert text_in(once).count("mi>v") == 1
    svg = "<svg width='8.9ex' height='2ex' viewBox='0 0 900 900'><path d='M48 1Q31 1 31 11L300 600Z'/></svg>"
    drawn = read_page(f"<p><mjx-container class=MathJax display=true>{svg}</mjx-container></p>").article
    assert [block.image for block in drawn.blocks if isinstance(block, Figure)] == ["drawing.svg"]


MATHML = {
    "<mfrac><mn>1</mn><mi>x</mi></mfrac>": r"\frac{1}{x}",
    "<mfrac linethickness=0><mi>n</mi><mi>k</mi></mfrac>": r"\binom{n}{k}",
    "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>": r"\sum _{i=1}^{n}",
    "<msup><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></msup>": "{a+b}^{2}",
    "<mover><mi>x</mi><mo>¯</mo></mover><mo>≤</mo><mroot><mi>α</mi><mn>3</mn></mroot>": r"\bar{x}≤\sqrt[3]{\alpha }",
    "<mi>sin</mi><mo>\u2061</mo><mi>𝜃</mi>": r"\sin \theta",
    "<munder><mo>lim</mo><mi>n</mi></munder><msqrt><mi>n</mi><mo>+</mo><mn>1</mn></msqrt>": r"\lim _{n}\sqrt{n+1}",
    "<msub><mi>v</mi><mtext>max</mtext></msub><mo>=</mo><mn>3.5</mn><mspace/><mi>km</mi>": (
        r"v_{\text{max}}=3.5\mathrm{km}"
    ),
    "<mfenced open='['><mi>a</mi><mi>b</mi></mfenced><mphantom><mi>c</mi></mphantom>": "[a,b)",
    "<mtable><mtr><mtd>1</mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mi>Ω</mi></mtd></mtr></mtable>": (
        r"1 & 2 \\ \Omega"
    ),
    "<mmultiscripts><mi>C</mi><mn>6</mn><none/><mprescripts/><none/><mn>14</mn></mmultiscripts>": "C_{6}",
    "<mo>{</mo><mn>50</mn><mo>%</mo><mo>}</mo>": r"\{50\%\}",
}


@pytest.mark.parametrize("mathml", MATHML)
def test_a_formula_without_its_source_is_written_in_latex(mathml: str) -> None:
    found = read_page(f"<p>So <math>{mathml}</math> it is.</p><p>That is all.</p>")
    assert f"So {MATHML[mathml]} it is." in map(block_text, found.article.blocks)


def test_a_formula_in_an_attribute_of_a_drawing_is_written_in_latex() -> None:
    source = "&lt;math&gt;&lt;msup&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;mn&gt;2&lt;/mn&gt;&lt;/msup&gt;&lt;/math&gt;"
    found = read_page(f"<p>So <span class=MathJax data-mathml='{source}'><svg></svg></span> it is.</p>")
    assert "So x^{2} it is." in map(block_text, found.article.blocks)


def test_a_control_character_in_a_formula_does_not_lose_the_article() -> None:
    found = read_page("<p>So</p><math display=block><mi title='a\x02'>v\x01</mi></math>\x03<p>it is.</p>")
    assert [block for block in found.article.blocks if isinstance(block, MathBlock)]
    assert PROSE in text_in(found)


def test_a_program_in_preformatted_text_stays_code() -> None:
    blocks = list(all_blocks(read_page("<pre>for line in file:\n    print(line) and so on with it all.</pre>").article))
    assert [block for block in blocks if isinstance(block, CodeBlock)]


@pytest.mark.parametrize(
    ("markup", "numbers"),
    [
        ("<ol><li value=4>A</li><li>B</li><li value=11>C</li></ol>", [4, 5, 11]),
        ("<ol reversed><li>A</li><li>B</li><li>C</li></ol>", [3, 2, 1]),
        ("<ol start=7><li>A</li><li>B</li></ol>", [7, 8]),
        ("<ol reversed start=9><li>A</li><li value=2>B</li><li>C</li></ol>", [9, 2, 1]),
        ("<ol start=x><li value=y>A</li></ol>", [1]),
    ],
)
def test_the_items_of_a_list_have_the_numbers_that_a_browser_shows(markup: str, numbers: list[int]) -> None:
    lists = [block for block in read_page(markup).article.blocks if isinstance(block, Numbered)]
    assert list(number_items(lists[0])) == numbers


def test_the_paragraphs_and_lists_of_a_cell_have_lines_of_their_own() -> None:
    cell = "<p>First.</p><p>Second.</p>Loose<ul><li>one</li><li>two</li></ul><div>after</div>"
    table = f"<table><tr><th>Day</th><th>Work</th></tr><tr><td>Monday</td><td>{cell}</td></tr></table>"
    (found,) = (block for block in read_page(table).article.blocks if isinstance(block, Table))
    assert inline_text(found.rows[0][1].content).splitlines() == ["First.", "Second. Loose", "one", "two after"]
