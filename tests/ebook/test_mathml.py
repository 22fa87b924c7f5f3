"""Formulas become MathML with words for them."""

from __future__ import annotations

import pytest
from lxml import etree

from exporter.article import Article, MathBlock, Metadata
from exporter.config import Config
from exporter.ebook import build
from exporter.ebook.mathml import NAMESPACE
from exporter.sentences import cut_sentences


def _written(formula: MathBlock) -> tuple[etree._Element, int]:
    book = build([cut_sentences(Article(Metadata(title="A"), (formula,)))], Config())
    page = next(item for item in book.items if item.item_id == "a1")
    return etree.fromstring(page.data).find(".//{*}div[@class='math']")[0], len(book.notices)


@pytest.mark.parametrize("latex", [r"\sqrt{x}", r"\sum_{k=0}^m c_k < 3", r"\begin{pmatrix}a&b\\c&d\end{pmatrix}"])
def test_latex_becomes_mathml_that_is_described_by_its_source(latex: str) -> None:
    math, notices = _written(MathBlock(latex=latex))
    assert (math.tag, math.get("display"), math.get("alttext")) == (f"{{{NAMESPACE}}}math", "block", latex)
    assert len(math)
    assert notices == 0


@pytest.mark.parametrize(
    "unit", ["{", "[", "[a", "(", "⟨", r"\{", r"\langle ", r"\bigl(", r"\sqrt", r"\frac{", r"\left(", r"\begin{matrix}"]
)
def test_a_formula_that_is_too_deep_stays_in_its_source_form(unit: str) -> None:
    """Its conversion would end the process, or take all memory."""
    code, notices = _written(MathBlock(latex=unit * 20_000))
    assert (code.tag.rpartition("}")[2], code.text, notices) == ("code", unit * 20_000, 1)


@pytest.mark.parametrize(
    "latex",
    ["[0,1]" * 100, "]0,1[" * 100, r"\left[a\right]" * 100, "{x}" * 500, r"\alpha" * 900, r"\{a\}" * 400, r"\{" * 20],
)
def test_a_long_formula_is_converted(latex: str) -> None:
    book = build([cut_sentences(Article(Metadata(title="A"), (MathBlock(latex=latex),)))], Config())
    page = next(item for item in book.items if item.item_id == "a1")
    assert etree.fromstring(page.data).find(f".//{{{NAMESPACE}}}math") is not None
    assert book.notices == ()


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("<math><mi>x</mi></math>", "<mi>x</mi>"),
        ("<math><semantics><mi>x</mi><annotation>x</annotation></semantics></math>", "<mi>x</mi>"),
        ('<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>x</m:mi></m:math>', "<mi>x</mi>"),
        ("<math><mfrac><mi>a</mi></mfrac></math>", "<mrow><mi>a</mi></mrow>"),
        ("<math><msup/><mi>a</mi></math>", "<mrow/><mi>a</mi>"),
        ("<math>text<mn>3</mn> tail</math>", "<mtext>text</mtext><mn>3</mn><mtext> tail</mtext>"),
        ("<math><mtd><mi>a</mi></mtd></math>", "<mrow><mi>a</mi></mrow>"),
        ("<math><mtable><mtr><mtd><mi>a</mi></mtd></mtr></mtable></math>", "<mtr><mtd><mi>a</mi></mtd></mtr>"),
        ("<math><mmultiscripts><mi>a</mi><none/></mmultiscripts></math>", "<mrow><mi>a</mi><mrow/></mrow>"),
        ("<math><mi><b>a</b></mi></math>", "<mi>a</mi>"),
        ("<math><mo>&nbsp;&alpha;&lt;</mo></math>", "<mo>\u00a0α&lt;</mo>"),
        (
            '<math><mi onclick="run()" style="a" dir="up" mathvariant="bold">x</mi><script>y</script></math>',
            "mathvariant",
        ),
    ],
)
def test_mathml_is_kept_as_far_as_a_book_can_hold_it(source: str, kept: str) -> None:
    math, _ = _written(MathBlock(mathml=source, alt="in words"))
    text = etree.tostring(math, encoding="unicode")
    assert kept in text
    assert math.get("alttext") == "in words"
    assert not any(gone in text for gone in ("onclick", "style", "script>", "annotation", "up"))


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (MathBlock(latex=r"\frac{1"), r"\frac{1"),
        (MathBlock(latex=r"\frac{1", alt="a part"), r"a part\frac{1"),
        (MathBlock(mathml="<p>no</p>", alt="no formula"), "no formula"),
        (MathBlock(mathml="<math/>", alt="nothing"), "nothing"),
    ],
)
def test_what_is_no_formula_stays_as_it_was_written_with_a_notice(formula: MathBlock, shown: str) -> None:
    first, notices = _written(formula)
    assert "".join(first.getparent().itertext()) == shown
    assert notices == 1
