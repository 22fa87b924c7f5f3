"""Packages of npm that judge pages: a driver of Chromium, and the accessibility rules of axe."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ebook.conftest import chromium, fetch_npm_package

__all__ = ["chromium"]

DRIVER = (
    "playwright-core@1.65.1",
    "hqPpz7blSMPxWVdoeE1yiBSzXsKiVOd2k+kjCvmUywD2GPO2Dd9HfcWnq9NN0GHbNZDFgZ9JfBFr+X5/BLo0qw==",
)
AXE = (
    "axe-core@4.14.1",
    "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
)


@pytest.fixture(scope="session")
def driver(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the driver (Apache licence)."""
    return fetch_npm_package(*DRIVER, pytestconfig, tmp_path_factory)


@pytest.fixture(scope="session")
def axe(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the accessibility rules (MPL licence)."""
    return fetch_npm_package(*AXE, pytestconfig, tmp_path_factory)
