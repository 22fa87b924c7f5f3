"""The README and its companions name only what exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from exporter import __version__
from exporter.cli.fast_parser import fill_optional_values, parse
from tests.conftest import CHECKOUT

DOCUMENTS = (
    CHECKOUT / "README.md",
    *(CHECKOUT / ".github" / f"{name}.md" for name in ("CONTRIBUTING", "CHANGELOG", "GLOSSARY")),
)
README = DOCUMENTS[0].read_text(encoding="utf-8")
COMMAND_LINES = re.findall(r"\| .*?`exporter (\w+ [^`]+)`", README)
"""The first command of each row of a table."""
PATHS = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "exporter").rglob("*")}


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_links_lead_to_files(path: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)", path.read_text(encoding="utf-8"))
    missing = [link for link in links if not link.startswith("https:") and not (path.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_code_that_is_named_exists(path: Path) -> None:
    names = re.findall(r"`([\w/]+(?:\.py|/))`", path.read_text(encoding="utf-8"))
    assert [name for name in names if not is_path(name.rstrip("/"))] == []


def is_path(name: str) -> bool:
    """Whether a file or folder is called so, in the checkout or anywhere in the package."""
    return (CHECKOUT / name).exists() or any(f"/{path}".endswith(f"/{name}") for path in PATHS)


@pytest.mark.parametrize("line", COMMAND_LINES)
def test_command_lines_of_the_readme_are_well_formed(line: str) -> None:
    assert parse(fill_optional_values(shlex.split(line))) is not None


def test_the_changelog_begins_with_this_version() -> None:
    changelog = (CHECKOUT / ".github" / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+)", changelog, re.MULTILINE)
    assert next(version for version in versions if version != "Unreleased") == __version__
