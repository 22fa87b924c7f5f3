"""What several tests share: the user's real input, where it is present, and golden files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

CHECKOUT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"

# How long an example takes says something of the machine, and of what the first one loads; nothing of the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh", action="store_true", help="write golden files anew; then read what changed")


@pytest.fixture(scope="session")
def seed() -> Path:
    """The user's own scraped page; it lies beside the checkout on the developers' machines only."""
    found = sorted((CHECKOUT.parent / "shared" / "seed").glob("*.txt"))
    if not found:
        pytest.skip("the user's own article is not on this machine")
    return found[0]


@pytest.fixture
def examples() -> Path:
    """The articles written for this project."""
    return CHECKOUT / "examples"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with the golden file of that name, or write it there with ``--refresh``."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--refresh"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
