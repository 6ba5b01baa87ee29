"""Every word that a reader sees is declared in Chinese and English."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import outputs
from model.errors import StudyError
from model.indicators import all_indicators
from model.policy import FAMILIES, PAYERS
from outputs import words
from outputs.language import _TEXTS as OWN
from outputs.language import LANGUAGES, text, unit_of
from scenarios.targets import load_targets
from tests.unit.outputs.synthetic import PARTS

_TEXTS = {**OWN, **words.TEXTS}
UNITS = {info.unit for info in all_indicators()} | {target.unit for target in load_targets()}


def keys_in_code() -> set[str]:
    """Every key that the code of the outputs asks for by a literal."""
    keys = set()
    for path in Path(outputs.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text":
                keys |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    return {str(key) for key in keys}


def test_a_word_that_is_not_declared_is_an_error() -> None:
    """A key without words is refused by name, not shown to a reader as it is."""
    with pytest.raises(StudyError, match="no words for 'no_such_key'"):
        text("no_such_key", "zh")
    with pytest.raises(StudyError, match="no words for 'furlongs'"):
        unit_of("furlongs", "en")


def test_the_keys_of_the_code_are_declared() -> None:
    """What tables and charts ask for by name is there, and so are payers, families and the parts of a move."""
    asked = keys_in_code()
    assert len(asked) > 30
    parts = {part for parts in PARTS.values() for part in parts}
    assert sorted((asked | {*PAYERS, *FAMILIES} | parts) - set(_TEXTS)) == []


@pytest.mark.parametrize("unit", sorted(UNITS))
@pytest.mark.parametrize("size", [1.0, 1e9])
def test_every_unit_has_a_name_in_both_languages(unit: str, size: float) -> None:
    """The unit of each indicator and target is shown in Chinese without Latin words, in English without Chinese."""
    assert not re.search("[a-z]", unit_of(unit, "zh", size).name)
    assert unit_of(unit, "en", size).name.isascii()


@pytest.mark.parametrize("key", sorted(_TEXTS))
def test_both_languages_take_the_same_values(key: str) -> None:
    """A text has no empty side, and both sides are filled in with values of the same names."""
    assert all(side.strip() or key == "to" for side in _TEXTS[key])
    fields = [{name for _, name, _, _ in string.Formatter().parse(side) if name} for side in _TEXTS[key]]
    assert fields[0] == fields[1]
    assert len(_TEXTS[key]) == len(LANGUAGES)
