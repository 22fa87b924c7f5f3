"""Whole scripts, in every form: `golden/script-*/article.json` and what it becomes beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from exporter.article import from_json
from exporter.config import Config
from exporter.narration import narrate
from exporter.script_formats import Format, render
from exporter.sentences import cut_sentences

CASES = sorted((Path(__file__).parent.parent / "golden").glob("script-*"))


TEXT_FORMATS = [form for form in get_args(Format) if form != "docx"]


@pytest.mark.parametrize("form", TEXT_FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_script_is_as_it_was(case: Path, form: Format, golden: Callable[[str, str], None]) -> None:
    script, _ = narrate(cut_sentences(from_json((case / "article.json").read_bytes())), Config())
    golden(f"{case.name}/script.{form}", render(script, form).decode())
