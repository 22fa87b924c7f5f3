"""Settings and scripts for tests of the sound."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from exporter.config import Config


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """An engine of exact duration, a cache of its own, two threads."""
    default = Config(jobs=2)
    return msgspec.structs.replace(
        default,
        speech=msgspec.structs.replace(default.speech, engine="silence", rate=180),
        cache=msgspec.structs.replace(default.cache, folder=str(tmp_path / "cache")),
    )


@pytest.fixture
def real(config: Config) -> Config:
    """The same with the engine that users have."""
    return msgspec.structs.replace(config, speech=msgspec.structs.replace(config.speech, engine="system"))
