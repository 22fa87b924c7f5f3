"""Names: each can be found by grep, and says what it is of."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

from tests.conftest import CHECKOUT

MODULES = sorted((CHECKOUT / "exporter").rglob("*.py"))

# Names of constants that do not say what they limit, nor in which unit.
VAGUE = frozenset(
    "AGES BIG DEEPEST ENOUGH FAR FEW FIRST HEAD LARGEST LEAST LIMIT LONG LONGEST LOOK MANY MAX MAYBE MIN MOST MUCH "
    "NEAR NEAREST NONE ROOM SHORT SHORTEST SIZE SMALL TINY WIDE".split()
)


def repeated(names: Iterator[str]) -> list[str]:
    return sorted(name for name, count in Counter(names).items() if count > 1)


def test_a_file_name_stands_once() -> None:
    assert repeated(path.name for path in MODULES if not path.name.startswith("__")) == []


def test_the_name_of_a_public_class_stands_once() -> None:
    nodes = (node for path in MODULES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    classes = (node.name for node in nodes if isinstance(node, ast.ClassDef))
    assert repeated(name for name in classes if not name.startswith("_")) == []


def test_an_import_inside_a_function_says_why() -> None:
    bare = [
        f"{path.relative_to(CHECKOUT)}:{number}"
        for path in MODULES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"# noqa: PLC0415(?!\s+\S)", line)
    ]
    assert bare == []


def test_a_constant_says_what_it_limits() -> None:
    vague = [
        f"{path.relative_to(CHECKOUT)}: {target.id}"
        for path in MODULES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        for target in (node.targets if isinstance(node, ast.Assign) else ())
        if isinstance(target, ast.Name) and target.id.lstrip("_") in VAGUE
    ]
    assert vague == []
