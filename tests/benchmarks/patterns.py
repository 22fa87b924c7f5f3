"""Patterns whose time grows faster than their text: each one of the program against lines of one repeated unit."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import random
import re
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

import exporter

FEW_CHARS, MANY_CHARS = 1_500, 6_000
"""Lengths of the lines: four times as long takes four times as long if the time is linear, sixteen if quadratic."""

MIN_SECONDS = 0.015
"""Of CPU for the longer line: less says nothing about growth, and hurts nobody."""

STOP_RATIO = 10.0
"""A pattern that grows so much on one unit is not tried on others."""

_UNITS = (
    *(
        " ",
        "\t",
        "\n",
        "a",
        "A",
        "1",
        "é",
        "的",
        "a ",
        "1 ",
        "A ",
        "A. ",
        "a, ",
        "1,",
        "1.",
        "1-",
        "a-",
        "a.",
        "1/",
        "1:",
    ),
    *(
        "'",
        '"',
        "“",
        "(",
        ")",
        "[",
        "]",
        "{",
        "<",
        ">",
        "</",
        "<a ",
        "<p>",
        "<!--",
        "&",
        "&#",
        "/",
        "|",
        "\\",
        "=",
        "$",
    ),
    *("%", "_", "*", "**", "`", "~", "#", "^", "!", "![", "](", "@", "a@", "a@b.", ":", ";", "- ", "— ", "…", "..."),
    *("http://a", "www.", "data:", "\u00a0", "\u00ad", "\u200b", "\\frac{", "$$", "ab1", "A1", "I", "IV ", "St. "),
)
_ANCHORED_USES = {"match", "fullmatch"}
_USES = {*_ANCHORED_USES, "search", "sub", "subn", "split", "findall", "finditer"}
_PARSER: Any = vars(re)["_parser"]


class UsedPattern(NamedTuple):
    """A pattern, and whether its module only uses it at the beginning of texts (`match`, `fullmatch`)."""

    pattern: re.Pattern[str]
    is_anchored: bool


def find_patterns() -> dict[str, UsedPattern]:
    """Return the patterns of the modules of exporter, by module and name: constants, and those that functions use.

    Those of `exporter.normalize` are left out: rules search bounded stretches (`tests/test_linear_rules.py`), and whole
    normalizers are measured.
    """
    found: dict[str, UsedPattern] = {}
    for info in pkgutil.walk_packages(exporter.__path__, "exporter."):
        if info.name.endswith("__main__") or info.name.startswith("exporter.normalize."):
            continue
        module = import_module(info.name)
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            uses = set(re.findall(rf"\b{name}\b(?:\[[^\]]*\])?\.(\w+)\(", source))
            for number, pattern in enumerate(_iter_patterns(value)):
                is_anchored = bool(uses) and uses <= _ANCHORED_USES
                found[f"{info.name}.{name}[{number}]"] = UsedPattern(_take_text_pattern(pattern), is_anchored)
        found |= {f"{info.name}:{line}": used for line, used in _iter_used_patterns(source, vars(module))}
    return found


def _iter_used_patterns(source: str, names: dict[str, Any]) -> Iterator[tuple[int, UsedPattern]]:
    """Yield what is given to the functions of `re` and does not depend on a local name, with its line."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=use), args=[first, *rest]) if use in _USES:
                flags = (_evaluate(argument, names) for argument in (*rest, *(pair.value for pair in node.keywords)))
                flag = next((found for found in flags if isinstance(found, re.RegexFlag)), re.NOFLAG)
                if isinstance(text := _evaluate(first, names), str | bytes):
                    pattern = re.compile(text, flag)
                    yield node.lineno, UsedPattern(_take_text_pattern(pattern), use in _ANCHORED_USES)


def _evaluate(expression: ast.expr, names: dict[str, Any]) -> object:
    """Return the value of an expression in a module; None if it needs more than the names of the module."""
    try:
        return eval(compile(ast.Expression(expression), "", "eval"), dict(names))
    except Exception:  # noqa: BLE001  it is an expression of local names
        return None


def _take_text_pattern(pattern: re.Pattern[Any]) -> re.Pattern[str]:
    """Return a pattern for texts like one that is for bytes."""
    if isinstance(pattern.pattern, str):
        return pattern
    return re.compile(pattern.pattern.decode("latin-1"), pattern.flags)


def _iter_patterns(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from _iter_patterns(tuple(value.values()))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _iter_patterns(each)


def find_slow_unit(used: UsedPattern) -> tuple[str, float, float]:
    """Return the unit on which the time of a pattern grows most, the ratio of its times, and the longer one."""
    worst = ("", 0.0, 0.0)
    for unit in (*_UNITS, *_make_units(used.pattern)):
        many = _measure_seconds(used, unit, MANY_CHARS)
        if many >= MIN_SECONDS:
            ratio = many / max(1e-6, min(_measure_seconds(used, unit, FEW_CHARS) for _ in range(2)))
            worst = max(worst, (unit, ratio, many), key=lambda each: each[1])
        if worst[1] > STOP_RATIO:
            break
    return worst


def _measure_seconds(used: UsedPattern, unit: str, length: int) -> float:
    text = unit * (length // len(unit))
    start = time.process_time()
    if used.is_anchored:
        used.pattern.match(text)
        used.pattern.fullmatch(text)
    else:
        for _ in used.pattern.finditer(text):
            pass
    return time.process_time() - start


def _make_units(pattern: re.Pattern[str]) -> Iterator[str]:
    """Yield what a pattern matches, and beginnings of it, made of its own parts."""
    chance = random.Random(1)
    for _ in range(2):
        made = "".join(_write_parts(_PARSER.parse(pattern.pattern, pattern.flags), chance))[:40]
        yield from filter(None, (made, made[:-1], made[: len(made) // 2]))


def _write_parts(parts: Any, chance: random.Random) -> Iterator[str]:
    """Yield a text for each part of a parsed pattern; parts that match no characters have none."""
    for operation, arguments in parts:
        match str(operation):
            case "LITERAL":
                yield chr(arguments)
            case "IN":
                yield _write_class(arguments, chance)
            case "ANY" | "NOT_LITERAL":
                yield "a"
            case "BRANCH":
                yield from _write_parts(chance.choice(arguments[1]), chance)
            case "SUBPATTERN":
                yield from _write_parts(arguments[-1], chance)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                low, high, inner = arguments
                for _ in range(min(max(low, 1), high, 3)):
                    yield from _write_parts(inner, chance)
            case "ATOMIC_GROUP":
                yield from _write_parts(arguments, chance)


def _write_class(members: Any, chance: random.Random) -> str:
    categories = {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}
    operation, argument = chance.choice(members)
    match str(operation):
        case "LITERAL":
            return chr(argument)
        case "RANGE":
            return chr(argument[0])
        case "CATEGORY":
            return categories.get(str(argument), "-")
    return "a"
