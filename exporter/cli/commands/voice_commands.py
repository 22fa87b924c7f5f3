"""``exporter voices``: lists the voices, writes a sample of each, fetches one more."""

from __future__ import annotations

import io
import re
import sys
import wave
from pathlib import Path

from exporter import speech
from exporter.cli.invocation import Call
from exporter.cli.report import format_json, print_remark, print_result
from exporter.cli.table_printing import print_table
from exporter.config import Config
from exporter.engines import Voice
from exporter.engines.natural_voices import (
    MODEL_ADDRESS,
    MODEL_LICENSE,
    NaturalVoice,
    fetch_voice,
    list_natural_voices,
)
from exporter.errors import SpeechError, UsageError
from exporter.output import write_whole

_ENGINES_WITH_NATURAL_VOICES = ("auto", "natural")
_SAMPLE_LANGUAGE = "en"
"""Language of the voices that say a sample when --language names none."""

_NOT_IN_FILE_NAMES = re.compile(r"[^\w.+-]+")


def list_voices(call: Call) -> int:
    """List the voices of the engine, all or those of one language; or say a sample, or fetch a voice."""
    config = call.config()
    if call.text("fetch"):
        return _fetch(call.text("fetch"))
    if call.text("say"):
        return _write_samples(call, config)
    found = _find_voices(config, config.input.language)
    missing = _list_missing(config)
    if call.has("json"):
        rows = [{"id": v.id, "name": v.name, "language": v.language, "gender": v.gender} for v in found]
        more = [{"id": v.name, "language": v.language, "gender": v.gender, "bytes": v.size} for v in missing]
        print_result(format_json({"schema": 1, "engine": config.speech.engine, "voices": rows, "fetchable": more}))
        return 0
    table = [(v.id, v.language, v.gender or "-", v.name, f"exporter audio page.md --voice {v.id}") for v in found]
    table += [
        (v.name, v.language, v.gender, f"{v.size / 1e6:.0f} MB to fetch", f"exporter voices --fetch {v.name}")
        for v in missing
    ]
    print_table(("voice", "language", "gender", "name", "try it"), table)
    return 0


def _find_voices(config: Config, language: str) -> list[Voice]:
    """Return the voices of a language, or all; raises `UsageError` or `SpeechError` if there are none."""
    wanted = language.lower()
    found = [voice for voice in speech.voices(config) if _matches_language(voice.language.lower(), wanted)]
    if not found and wanted:
        raise UsageError(
            "listing voices", wanted, "NoVoice: no voice speaks this language", "See exporter voices for all voices."
        )
    if not found:
        raise SpeechError(
            "listing voices", config.speech.engine, "NoVoice: the engine has no voices", "See exporter doctor."
        )
    return found


def _list_missing(config: Config) -> list[NaturalVoice]:
    """Return the voices that are one download away."""
    if config.speech.engine not in _ENGINES_WITH_NATURAL_VOICES:
        return []
    wanted = config.input.language.lower()
    return [v for v in list_natural_voices() if not v.is_installed and _matches_language(v.language, wanted)]


def _fetch(name: str) -> int:
    voice = fetch_voice(name)
    print_remark(f"{voice.name}: {voice.size / 1e6:.0f} MB, license {MODEL_LICENSE}, from {MODEL_ADDRESS}{voice.file}")
    print_remark(f"try it: exporter audio page.md --voice {voice.name}")
    print_result(voice.path)
    return 0


def _write_samples(call: Call, config: Config) -> int:
    """Write a WAV file for each voice of the language, with the text that it says."""
    folder = Path(call.text("output") or ".")
    for voice in _find_voices(config, config.input.language or _SAMPLE_LANGUAGE):
        said = speech.speak_sample(call.text("say"), voice, config)
        path = folder / f"{_NOT_IN_FILE_NAMES.sub('-', voice.id)}.wav"
        print_result(str(write_whole(path, _make_wave(said.pcm, said.rate))))
        sys.stdout.flush()
    return 0


def _make_wave(pcm: bytes, rate: int) -> bytes:
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)
    return data.getvalue()


def _matches_language(language: str, wanted: str) -> bool:
    return not wanted or language == wanted or language.startswith(f"{wanted}-")
