"""Settings for the tests of speech and sound files."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter.config import Config


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings with the engine of exact duration, an empty cache and two threads."""
    default = Config(jobs=2)
    return msgspec.structs.replace(
        default,
        speech=msgspec.structs.replace(default.speech, engine="silence", rate=180),
        cache=msgspec.structs.replace(default.cache, folder=str(tmp_path / "cache")),
    )


@pytest.fixture
def real(config: Config) -> Config:
    """The same with the system's engine."""
    return msgspec.structs.replace(config, speech=msgspec.structs.replace(config.speech, engine="system"))
