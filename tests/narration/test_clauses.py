"""Where long sentences take breath."""

from __future__ import annotations

import pytest

from exporter.narration.clauses import split_at_breaths


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (
            "ja",
            "古い時計が止まった朝、町はいつもより静かだったと、|港の人は言ったが、誰もその話を信じようとはしなかった。",
        ),
        ("zh", "旧钟停下来的那个早晨，小镇比平时更加安静；|港口的人都这么说，可是没有人愿意相信他们的话。"),
        ("ja", "古い時計が止まった朝、町は静かだった。"),
        ("en", "The clock stopped, and the town was quiet."),
    ],
)
def test_a_script_without_spaces_takes_breath_at_its_commas(language: str, written: str) -> None:
    text = written.replace("|", "")
    assert "|".join(text[start:end] for start, end in split_at_breaths(text, language)) == written
