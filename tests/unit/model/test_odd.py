"""The description in model/README.md says what the code has."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from model.economy import Economy
from model.errors import ParameterError
from model.odd import BEGIN, END, ODD_FILE, check_odd, with_table
from model.parameters import Parameters, declarations

TEXT = ODD_FILE.read_text(encoding="utf-8")
SUBMODELS = TEXT[TEXT.index("## Submodels") : TEXT.index("## Adding to it")]
ROOT = ODD_FILE.parent.parent
KNOWN = declarations(Parameters)
SYMBOL = re.compile(r"(?:\\[a-z]+|(?<![A-Za-z\\])[A-Za-z])_\{[^{}]+\}")
NAMED = re.compile(r"`(model/[\w/]+\.py): ([\w.]+)`")
INDICES = re.compile(r"_\{(?:[cedijkost]+\d?|[a-z]*,?t(?:-1)?|[a-z]*,t-1|s \\le t)\}")
"""Subscripts made of the indices that the text explains: firm, city, origin, destination, tier, quarter."""


def names_defined(tree: ast.AST, prefix: str = "") -> set[str]:
    """Functions and classes of a module, methods as Class.method."""
    found: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found |= {prefix + node.name} | names_defined(node, f"{prefix}{node.name}.")
    return found


def test_table_is_what_the_declarations_give() -> None:
    """The block between the marks is the one that the declarations give today."""
    assert with_table(TEXT) == TEXT


def test_stale_table_is_refused_and_written_again(tmp_path: Path) -> None:
    """A table that is not current is refused, and writing makes it current."""
    path = tmp_path / "README.md"
    path.write_text(f"above\n{BEGIN}\nold\n{END}\nbelow\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="not current"):
        check_odd(path)
    check_odd(path, write=True)
    assert check_odd(path).startswith(f"parameters: {len(KNOWN)}")
    assert path.read_text(encoding="utf-8").startswith("above\n")


def test_symbols_are_unique() -> None:
    """No two parameters share a symbol."""
    symbols = [item.symbol for item in KNOWN]
    assert sorted({symbol for symbol in symbols if symbols.count(symbol) > 1}) == []


def test_every_parameter_stands_in_the_submodels() -> None:
    """Each parameter's symbol stands in an equation or a sentence of the submodels."""
    maths = " ".join(re.findall(r"\$\$?(.+?)\$\$?", SUBMODELS, re.DOTALL))
    absent = [
        item.name for item in KNOWN if not re.search(rf"(?<![A-Za-z\\]){re.escape(item.symbol)}(?![A-Za-z_])", maths)
    ]
    assert absent == []


def test_every_symbol_that_looks_like_a_parameter_is_declared() -> None:
    """A symbol with a subscript in braces is an index of the text or a declared parameter."""
    declared = {item.symbol for item in KNOWN}
    strange = {found for found in SYMBOL.findall(SUBMODELS) if found not in declared and not INDICES.search(found)}
    assert strange == set()


def test_every_function_named_exists_where_it_is_said_to() -> None:
    """Each `file: function` of the text is defined in that file."""
    named = set(NAMED.findall(TEXT))
    assert named
    absent = []
    for file, name in sorted(named):
        path = ROOT / file
        if not path.is_file() or name not in names_defined(ast.parse(path.read_text(encoding="utf-8"))):
            absent.append(f"{file}: {name}")
    assert absent == []


def test_calls_stand_in_the_order_of_the_step() -> None:
    """The submodels are the calls of Economy.step(), in its order, each with the function that is called."""
    calls = re.findall(r"the_quarter\.(\w+)\.(\w+)\(self\)", inspect.getsource(Economy.step))
    parts = re.split(r"^### (\d+)\. (\w+)$", SUBMODELS, flags=re.MULTILINE)
    told = list(zip(parts[1::3], parts[2::3], strict=True))
    assert told == [(str(number), file) for number, (file, _) in enumerate(calls, 1)]
    for (file, function), body in zip(calls, parts[3::3], strict=True):
        assert f"`model/quarter/{file}.py: {function}`" in body


def test_every_file_of_the_quarter_is_described() -> None:
    """No file of model/quarter is left out of the submodels."""
    files = {path.stem for path in (ODD_FILE.parent / "quarter").glob("*.py")} - {"__init__"}
    assert files == {
        match.split("/")[-1].removesuffix(".py") for match, _ in NAMED.findall(SUBMODELS) if "/quarter/" in match
    }
