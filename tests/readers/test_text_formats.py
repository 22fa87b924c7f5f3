"""What is written in letters and is no prose is refused by name."""

from __future__ import annotations

import json

import pytest

from exporter.config import InputSettings
from exporter.document import Document
from exporter.errors import SourceError
from exporter.readers import read
from exporter.readers.text_formats import name_format

REFUSED = [
    ('{"a": [1, 2]}', "JSON"),
    (json.dumps([{"title": "Fog", "words": ["a", "b"]}], indent=1), "JSON"),
    ('[\n {"title": "Fog", "text": "The ferry', ""),  # it may be cut off anywhere, but not called JSON for a bracket
    ('{"title": "Fog", "items": [{"a": 1}, {]}', "JSON"),
    ("[" * 100_000, "JSON"),
    ("1\n00:00:01,000 --> 00:00:03,500\nGood morning.\n", "subtitles"),
    ("WEBVTT\n\n00:01.000 --> 00:02.000\nGood morning.", "subtitles"),
    ("[00:01.00] Good\n[00:02.00] morning\n[00:03.00] all\n", "subtitles"),
    ("HTTP/1.1 200 OK\nServer: x\n\n<html>", "an answer of a web server"),
    ("Received: from a\n by b\nContent-Type: text/html\n\nWords.", "a message"),
    ("[InternetShortcut]\nIDList=\nHotKey=0\n", "settings"),
    ("#!/bin/sh\necho a", "a program's source"),
    ("%!PS-Adobe-3.0\n", "PostScript"),
    ("% a comment\n\\documentclass{article}\n", "LaTeX source"),
    ("BEGIN:VCALENDAR\nVERSION:2.0\n", "a list of records"),
    ("@article{lee2024,\n title={Fog}}", "a list of records"),
    ("-----BEGIN CERTIFICATE-----\nMIIB", "a key or a certificate"),
    ("diff --git a/x b/x\n--- a/x\n+++ b/x\n", "a patch"),
    ("#EXTM3U\na.mp3", "a playlist"),
    ('<?xml version="1.0"?><urlset><url><loc>https://a.example/</loc></url></urlset>', "XML"),
    ("<note><to>Ann</to></note>", "XML"),
    ("See <a><b>x</b></a> " + "<row><cell>1</cell><cell>2</cell></row>" * 9, "markup"),
    ("p { color: red; margin: 0 }\nh1 { font: serif; }\n", "a style sheet"),
    ("SGVsbG8gd29ybGQ" * 40, "encoded data"),
    ("name,price,stock\nmill,3,4\nboat,5,6\nquay,7,8\n", "a table"),
]
PROSE = [
    "[Editor's note: the ferry is late.] It left at nine.",
    "{Sic} is what she wrote.",
    "Note: the ferry left at nine.\nTo: the mayor\n\nWe ask for a bridge.",
    "To: the mayor\nFrom: the market women\n\nThe ferry is late.",
    "1\n\nIt was nine when the ferry left.",
    "- a list\n- of words",
    "@ann wrote: the ferry is late.",
    "Fog, rain, snow\nThe ferry left, late, at nine, and no one, not even Ann, was there.\nIt came back.",
    "Bread, milk\nEggs, butter\nSalt, oil",
    "The <b> tag, the <i> tag and </b> are old.",
    "长文章没有空格。" * 100,
    "% of the vote went to nobody.",
    "<3 is what he wrote, and <em>that</em> was all.",
]


@pytest.mark.parametrize(("text", "name"), REFUSED)
def test_what_is_no_prose_has_a_name(text: str, name: str) -> None:
    assert name_format(Document("a", text.encode())) == name


@pytest.mark.parametrize(("text", "name"), [pair for pair in REFUSED if pair[1]])
def test_it_is_refused_in_two_lines(text: str, name: str) -> None:
    with pytest.raises(SourceError) as failed:
        read(Document("a", text.encode()), InputSettings())
    assert len(str(failed.value).splitlines()) == 2
    assert name in str(failed.value)


@pytest.mark.parametrize("text", PROSE)
def test_prose_is_prose(text: str) -> None:
    assert name_format(Document("a.txt", text.encode())) == ""


@pytest.mark.parametrize("name", ["x.py", "x.css", "x.tex", "x.json", "x.csv", "x.srt"])
def test_the_suffix_of_data_is_believed(name: str) -> None:
    assert name_format(Document(name, b"The ferry left at nine.")) != ""


@pytest.mark.parametrize("data", [b"\x00\xff" * 3000, b"\x89PNG\r\n\x1a\n" + bytes(300), b"GIF89a<b>x</b>" + bytes(99)])
def test_binary_data_called_a_page_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="UnknownFormat"):
        read(Document("a.html", data), InputSettings())
