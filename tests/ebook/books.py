"""Books for tests: an article that holds one of everything, and ways to make and open books."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from exporter import ebook
from exporter.article import (
    Article,
    Aside,
    Bullets,
    Cell,
    Code,
    CodeBlock,
    Definition,
    Definitions,
    Emphasis,
    Figure,
    Foreign,
    Heading,
    Image,
    Item,
    Link,
    Math,
    MathBlock,
    Metadata,
    Note,
    NoteMark,
    Numbered,
    Paragraph,
    Quote,
    Resource,
    Ruby,
    Separator,
    Strike,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Verse,
    join_lines,
)
from exporter.config import BookSettings, Config
from exporter.ebook import Overlay
from exporter.lexicon import NO_LEXICON, Lexicon
from exporter.sentences import cut_sentences
from tests.ebook import pictures


def words(text: str) -> tuple[Text, ...]:
    """Plain words as inlines."""
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(content=words(text))


def everything() -> Article:
    """An article with every kind of block and inline in it, cut into sentences."""
    marks = (
        Text('She said, "It rose"'),
        NoteMark("one"),
        Text(" again. "),
        Link(words("More"), "https://example.org/m"),
    )
    inline = (
        Emphasis(words("soft")),
        Text(" and "),
        Strong((Text("loud "), Emphasis(words("and soft")))),
        Text(", "),
        Strike(words("old")),
        Code("a < b && c"),
        Text(" H"),
        Subscript(words("2")),
        Text("O m"),
        Superscript(words("2")),
        Math(latex=r"\sqrt{x}", alt="the root of x"),
        Foreign(words("שלום"), "he", "rtl"),
        Ruby(words("東京"), "とうきょう"),
        Image("small.png", "a small flag"),
        Link((Text("see "), NoteMark("two"), Text("the mill")), "#the-mill"),
    )
    rows = tuple((Cell(words(port), header=True), Cell(words(level), align="right")) for port, level in (("Rye", "4"),))
    blocks = (
        Figure(image="lead.jpg", alt="Water over a weir.", caption=words("The weir."), credit="Photo: Ana Díaz"),
        Paragraph(content=marks),
        Heading(content=words("The mill")),
        Paragraph(content=inline),
        Heading(content=words("Too deep"), level=6),
        Quote(blocks=(paragraph("It was never so high."),), attribution=words("the miller")),
        Bullets(items=(Item((paragraph("one"), Bullets(items=(Item((paragraph("within"),)),)))),)),
        Bullets(items=(Item((paragraph("done"),), checked=True), Item((), checked=False))),
        Numbered(items=(Item((paragraph("c"),)), Item((paragraph("d"), paragraph("e")))), start=3, numerals="a"),
        Definitions(items=(Definition(words("Weir"), (paragraph("a low dam"),)),)),
        Verse(join_lines([words("The weir is loud with rain tonight"), words("and nobody is near")])),
        CodeBlock(text="def level(t):\n    return 'x' * 3  # high\n", syntax="python"),
        Table(head=((Cell(words("Port")), Cell(words("Level"))),), rows=rows, caption=words("Levels")),
        MathBlock(latex=r"\frac{1}{2}", alt="one half"),
        Aside(blocks=(paragraph("Beside the text."),)),
        Separator(),
        Paragraph(content=words("المدّ والجزر"), language="ar", direction="rtl"),
        Figure(image="gone.png", alt="What was here", caption=words("A picture that is gone.")),
        Figure(image="drawing.svg", alt="How it flows."),
    )
    notes = (Note("one", "1", (paragraph("The first note."),)), Note("two", "*", (CodeBlock(text="level()"),)))
    metadata = Metadata(
        title='The tide & the <mill>: "A" story',
        authors=("Ana Díaz", "Bo Li"),
        published="2021-08-08T12:55:00-04:00",
        site="The Paper",
        section="Science",
        source="https://example.org/tide",
        description="Of tides.",
        tags=("sea", "mills"),
        rights="© 2021 The Paper",
    )
    resources = (
        Resource("lead.jpg", data=pictures.photo(size=(900, 600))),
        Resource("small.png", data=pictures.drawing(size=(40, 20))),
        Resource("drawing.svg", data=pictures.SVG),
    )
    return cut_sentences(Article(metadata, blocks, notes, resources))


ODD = 'a\x00\x0b\x85\ud800\ufffe\u2028 <&>\r"b'
ODD_LINKS = (
    "http:// https://a\u00a0b/ //x.org/a # #x ftp://x/ https://u@x.org/ https://a_b.org/ http://[::1]/ https://é.org/ "
    "mailto:a tel: https://x.org/%zz http://1.2.3.4.5/ https://a..org/ https://-a.org/ HTTPS://X.ORG/ https://xn--a/ "
    "https://x.org/<{}|^` https://x.org:65536/ javascript:1 data:,x urn:x:y https://x.org/\ud800"
).split(" ")
ODD_LATEX = (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", r"\begin{align}a&=b\\c&=d\end{align}", "\x00", r"\widehat{abc}")
ODD_TAGS = (
    "EN_us",
    "x-klingon",
    "123",
    "fr-",
    "de-DE-1996",
    "zh-Hant-TW",
    "i-default",
    "toolongtag",
    "he\n",
    "en-a-b-c",
)
ODD_FORMULAS = (
    "<math",
    "<math/>",
    "<math><mfrac><mi>a</mi></mfrac></math>",
    "<math><mtable><mtr><mtd/></mtr></mtable><mtr/><mtd/></math>",
    "<math display='x' dir='q' width='1'><mi mathvariant='zz' stretchy='maybe'>x</mi></math>",
    "<math>text<mi><b>x</b></mi>tail<none/><mprescripts/></math>",
    "<math><mmultiscripts><mi>a</mi><none/><mi>b</mi><mprescripts/></mmultiscripts></math>",
    "<math><mi linethickness='x' lspace='qq' columnspan='0' open='(' form='zz'/><math><mi>x</mi></math></math>",
)


def odd() -> Article:
    """An article of what the web really holds: signs that XML forbids, dead links, broken formulas, absurd numbers."""
    links = tuple(Link(words(target), target) for target in ODD_LINKS)
    tags = tuple(Foreign(words(ODD), tag) for tag in ODD_TAGS)
    spans = tuple(Cell(words(ODD), header=True, columns=number, rows=number) for number in (-1, 0, 2, 70_000))
    figures = tuple(Figure(image=name, alt=ODD, caption=words(ODD), credit=ODD) for name in ("odd", "gone", None))
    blocks = (
        Paragraph(content=(*links, *tags, NoteMark("gone"), Code(ODD), Image("gone", ODD), Ruby(words(ODD), ODD))),
        *(Heading(content=words(ODD), level=level) for level in (9, 0, -1)),
        Heading(content=()),
        *(MathBlock(mathml=mathml, alt=alt) for mathml in ODD_FORMULAS for alt in ("", ODD)),
        *(MathBlock(latex=latex) for latex in ODD_LATEX),
        Table(head=(spans, ()), rows=(spans, ()), caption=words(ODD)),
        Table(head=(spans,)),
        Bullets(items=()),
        Numbered(items=(Item(()),), start=-5, numerals="?"),
        Definitions(items=(Definition((), ()),)),
        Quote(blocks=(), attribution=words(ODD), language="??", direction="rtl"),
        CodeBlock(text=ODD, syntax=ODD),
        CodeBlock(text="$ ls\n" + ODD, syntax="console"),
        Figure(image=None, caption=(Link((Image("odd"),), "https://x.org/"),)),
        *figures,
    )
    metadata = Metadata(ODD, (ODD, ""), "2021-13-40", ODD, "not a tag", "\x00", ODD, ODD, ODD, (ODD, "\x00"), ODD, ODD)
    resources = (Resource("odd", data=pictures.photo("TIFF", mode="CMYK")), Resource("gone"))
    return cut_sentences(Article(metadata, blocks, (Note("n", ODD, ()),), resources))


def made(
    articles: Sequence[Article],
    path: Path,
    overlays: Sequence[Overlay | None] = (),
    lexicon: Lexicon = NO_LEXICON,
    **settings: str,
) -> Path:
    """Make a book of articles at a path, with book settings by name."""
    ebook.write(ebook.build(articles, Config(book=BookSettings(**settings)), "", overlays, lexicon), path)
    return path


def member(book: Path, name: str) -> etree._Element:
    """A file inside a book, parsed."""
    with zipfile.ZipFile(book) as archive:
        return etree.fromstring(archive.read(name))


def properties(book: Path, term: str) -> list[str]:
    """The values of a property in a book's metadata."""
    return [meta.text for meta in member(book, "EPUB/content.opf").iter("{*}meta") if meta.get("property") == term]
