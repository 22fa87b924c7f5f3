"""``audio --report``: a page that says what is in the file, and that a reader without pictures can read."""

from __future__ import annotations

import math
import re
import wave
from pathlib import Path

import msgspec
import numpy as np
import pytest
from lxml import html

from exporter.account import Dropped
from exporter.article import Article, CodeBlock, Heading, Paragraph, Text
from exporter.cli.commands_table import COMMANDS
from exporter.config import Config
from exporter.edition import Edition, Work
from exporter.exporters.audio import export
from exporter.mastering.sound_analysis import analyse_sound
from exporter.recording import Mark, Recording, Silence
from exporter.script_formats.script_timings import format_clock
from exporter.web_pages import sound_plots, sound_report
from tests.sound.sound_builders import FACTS, STORY, make_script, measure_with_ffmpeg, replace_audio, write_noise


def write_report(works: list[Work], config: Config, path: Path) -> html.HtmlElement:
    written = export(Edition(works, config), path)
    assert written.paths[-1] == path.with_name(f"{path.stem}.report.html")
    return html.fromstring(written.paths[-1].read_text(encoding="utf-8"))


def read_table(page: html.HtmlElement, caption: str) -> list[list[str]]:
    """Return the cells of the rows of a table, by the beginning of its caption."""
    (table,) = [table for table in page.iter("table") if table.find("caption").text_content().startswith(caption)]
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.find("tbody")]


def test_the_report_measures_the_file_and_counts_what_was_spoken(real: Config, tmp_path: Path) -> None:
    config = replace_audio(real, report=True)
    page = write_report([Work(Article(FACTS, ()), config, script=make_script())], config, tmp_path / "mill.mp3")
    measures = {row[0]: row[1:] for row in read_table(page, "Measures")}
    integrated, peak = measure_with_ffmpeg(tmp_path / "mill.mp3")
    said = [float(measures[name][0].split()[0].replace("−", "-")) for name in ("Integrated loudness", "True peak")]
    assert said == [pytest.approx(integrated, abs=0.15), pytest.approx(peak, abs=0.15)]
    assert [measures[name][2] for name in ("Integrated loudness", "True peak")] == ["✓ as wanted", "✓ as wanted"]
    sentences = [sentence for _, section in STORY for sentence in section]
    words = [len(sentence.split()) for sentence in sentences]
    assert measures["Words, spoken"][0] == str(sum(words))
    assert measures["Clips from the cache"][0] == f"0 of {len(sentences)}"
    chapters = read_table(page, "Chapters")
    assert [row[1] for row in chapters] == [title for title, _ in STORY]
    assert [int(row[4]) for row in chapters] == [sum(words[at : at + 2]) for at in (0, 2, 4)]
    assert sum(int(row[1]) for row in read_table(page, "Pauses")) == len(sentences) + 1
    again = write_report([Work(Article(FACTS, ()), config, script=make_script())], config, tmp_path / "mill.mp3")
    assert read_table(again, "Measures")[-1][1] == f"{len(sentences)} of {len(sentences)}"


def test_what_was_not_spoken_has_its_reason(config: Config, tmp_path: Path) -> None:
    config = replace_audio(config, report=True)
    blocks = (Heading((Text("The <mill>"),)), Paragraph((Text("It turns."),)), CodeBlock("turn(1 < 2)"))
    works = [
        Work(Article(msgspec.structs.replace(FACTS, title=title), blocks), config, account=account)
        for title, account in (("First", (Dropped("Share this", "boilerplate: a link"),)), ("Second", ()))
    ]
    page = write_report(works, config, tmp_path / "both.mp3")
    (skipped, _) = [
        [[cell.text_content() for cell in row] for row in table.find("tbody")]
        for table in page.iter("table")
        if "blocks of the article" in table.find("caption").text_content()
    ]
    assert [(row[1], row[3]) for row in skipped] == [("skipped", "turn(1 < 2)")]
    assert [heading.text_content() for heading in page.iter("h3")] == ["First", "Second"]
    assert [item.text_content() for item in page.find(".//details").iter("li")] == ["Share this (boilerplate: a link)"]


def test_a_language_without_spaces_is_counted_in_characters(config: Config, tmp_path: Path) -> None:
    config = replace_audio(config, report=True)
    script = make_script([("潮汐磨坊", ["它建于洪水之年。"])], "zh")
    page = write_report([Work(Article(FACTS, ()), config, script=script)], config, tmp_path / "mill.mp3")
    assert ["Characters, spoken", "7"] in [row[:2] for row in read_table(page, "Measures")]


def test_the_report_runs_nothing_requests_nothing_and_names_its_parts(config: Config, tmp_path: Path) -> None:
    config = replace_audio(config, report=True)
    page = write_report([Work(Article(FACTS, ()), config, script=make_script())], config, tmp_path / "mill.mp3")
    assert not page.xpath("//script | //*[@style] | //*[@src] | //link | //@*[starts-with(name(), 'on')]")
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    for drawing in page.xpath("//svg[@role='img']"):
        for name in drawing.get("aria-labelledby").split():
            assert page.get_element_by_id(name).text_content().strip()
    assert all(head.get("scope") for head in page.iter("th"))
    assert all(table.find("caption") is not None for table in page.iter("table"))
    assert "report" in COMMANDS["audio"].options


def test_the_numbers_of_chapters_have_room_those_of_articles_first() -> None:
    begins = [(0, 1), (10, 2), (48, 2), (50, 1), (95, 2), (97, 2)]
    marks = tuple(Mark(f"{begin}", "", begin, begin + 1, level) for begin, level in begins)
    placed = sound_report._place_marks(Recording(8000, (Silence(100),), (), marks))
    assert [mark["label"] for mark in placed] == ["1", "2", "", "4", "5", ""]


@pytest.mark.parametrize("rate", [8000, 22_050, 24_000, 44_100])
def test_a_file_is_measured_as_by_ffmpeg(tmp_path: Path, rate: int) -> None:
    path = Path(write_noise(tmp_path / "noise.wav", 25, rate))
    found = analyse_sound(path)
    assert (found.seconds, found.rate) == (pytest.approx(25), rate)
    integrated, peak = measure_with_ffmpeg(path)
    assert found.integrated == pytest.approx(integrated, abs=0.2)
    assert found.true_peak == pytest.approx(peak, abs=0.2)
    assert found.loudness_range < 1
    assert len(found.short_term) == len(found.energy) == len(found.peaks) == 1250
    assert found.cut(5, 10).integrated == pytest.approx(found.integrated, abs=0.3)


def test_silence_has_no_levels(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "s.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(40_000))
    found = analyse_sound(tmp_path / "s.wav")
    assert (found.integrated, found.true_peak, found.loudness_range) == (-math.inf, -math.inf, 0)
    assert sound_plots.draw_levels(found.short_term).count("L") == len(found.energy) - 1


def test_plots_stay_in_their_boxes() -> None:
    values = np.linspace(-0.1, 1.7, 4321, dtype=np.float32)
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", sound_plots.draw_waveform(values))]
    assert min(numbers[1::2]) >= 0
    assert max(numbers[1::2]) <= sound_plots.WAVEFORM_HEIGHT
    assert len(numbers) == 4 * sound_plots.PLOT_COLUMNS
    for seconds in (0.4, 7, 61, 3599, 36_000):
        ticks = list(sound_plots.list_time_ticks(seconds))
        assert len(ticks) <= 7
        assert all(0 < tick.place < 97 for tick in ticks)
    assert [format_clock(seconds) for seconds in (0, 59.6, 3723)] == ["0:00", "1:00", "1:02:03"]
