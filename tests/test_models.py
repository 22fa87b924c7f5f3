"""The models of the script and of the recording."""

from __future__ import annotations

import json

from exporter import recording, script
from exporter.recording import Clip, Mark, Recording, Segment, Silence, TimedWord
from exporter.script import Chapter, LedgerEntry, Pause, Say, Script, Word

SCRIPT = Script(
    schema=script.SCHEMA,
    title="The tide",
    language="en",
    words=2,
    seconds=1.5,
    cues=(
        Chapter("The tide", "b1"),
        Say("b3.1", "narrator", "Aug. 8", "August eighth", (Word("August", 0, 4), Word("eighth", 5, 6))),
        Pause("paragraph", 0.7),
    ),
    ledger=(LedgerEntry("b1", "spoken"), LedgerEntry("b2", "skipped", "image without caption or alt text")),
)

RECORDING = Recording(
    rate=22050,
    sounds=(Silence(11025), Clip("ab12", 22050)),
    segments=(
        Segment(
            "b3.1", "narrator", 11025, 33075, "Aug. 8", "August eighth", (TimedWord("August", 11025, 20000, 0, 4),)
        ),
    ),
    chapters=(Mark("The tide", "b1", 0, 33075),),
)


def test_a_script_is_written_as_the_contract_says() -> None:
    written = json.loads(script.to_json(SCRIPT))
    assert written["schema"] == 1
    assert written["cues"][0] == {"cue": "chapter", "title": "The tide", "anchor": "b1", "level": 1}
    say = written["cues"][1]
    assert (say["cue"], say["voice"], say["words"]) == ("say", None, [["August", 0, 4], ["eighth", 5, 6]])
    assert written["cues"][2] == {"cue": "pause", "kind": "paragraph", "seconds": 0.7}
    assert written["ledger"][1]["fate"] == "skipped"


def test_a_script_is_read_back_without_loss() -> None:
    assert script.from_json(script.to_json(SCRIPT)) == SCRIPT


def test_a_recording_is_read_back_without_loss() -> None:
    assert recording.from_json(recording.to_json(RECORDING)) == RECORDING


def test_positions_are_exact_and_become_seconds() -> None:
    assert RECORDING.samples == 33075
    assert RECORDING.seconds(RECORDING.samples) == 1.5
