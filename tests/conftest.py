"""What several tests share: the user's real input, where it is present."""

from __future__ import annotations

from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


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
