"""The ODD+D description: elements of the protocol, what the table says, and its equations worked out as written."""

import ast
import inspect
import re
import textwrap
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest

from model.economy import Economy
from model.errors import ParameterError
from model.firms.research import add_knowledge, knowledge_kept
from model.firms.responses import claimed_share, honest_share, user_cost
from model.odd import BEGIN, END, ODD_FILE, with_table
from model.parameters import Parameters, declarations

TEXT = ODD_FILE.read_text(encoding="utf-8")
BLOCK = TEXT.split(BEGIN)[1].split(END)[0]
SUBMODELS = TEXT.split("\n## Submodels\n")[1].split("\n## ")[0]
ALL = declarations(Parameters)


def _calls() -> list[tuple[str, str]]:
    """File and function of each call of `Economy.step` that goes to a file of the quarter, in order."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(Economy.step)))
    called = [
        ast.unparse(node.value.func).split(".")
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ]
    return [(path[1], path[2]) for path in called if path[0] == "the_quarter"]


def _right_hand_side(left: str) -> str:
    """What stands behind ``left =`` in a displayed equation of the submodels."""
    found = [
        eq.split("=", 1)[1] for eq in re.findall(r"\$\$(.+?)\$\$", SUBMODELS) if eq.split("=", 1)[0].strip() == left
    ]
    assert len(found) == 1, left
    return str(found[0])


def _value(equation: str, given: Mapping[str, float]) -> float:
    """Work out an equation as it is written, with a number for each symbol in it."""
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1) / (\2))", equation)
    for symbol in sorted(given, key=len, reverse=True):
        pattern = rf"(?<![\\A-Za-z]){re.escape(symbol)}(?![A-Za-z_])"
        text = re.sub(pattern, f"({given[symbol]!r})", text)
    text = re.sub(r"\^\{([^{}]*)\}", r" ** (\1)", text).replace("\\,", " ")
    text = re.sub(r"\)\s+\(", ") * (", text)
    assert set(text) <= set("0123456789.e+-*/() "), text
    return float(eval(text, {"__builtins__": {}}))  # noqa: S307 - digits and signs alone, as was just checked


def test_the_overview_lists_the_calls_in_order() -> None:
    """The process overview numbers the same eleven names."""
    overview = TEXT.split("\n## Process overview and scheduling\n")[1].split("\n## ")[0]
    assert re.findall(r"^\d+\. \*\*(\w+)\*\*", overview, flags=re.MULTILINE) == [name for name, _ in _calls()]


def test_the_parts_of_the_protocol_are_all_there() -> None:
    """The seven elements of ODD stand in their order, and the questions of ODD+D under the design concepts."""
    headings = re.findall(r"^## (.+)$", TEXT, flags=re.MULTILINE)
    elements = ["Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling"]
    elements += ["Design concepts", "Initialisation", "Input data", "Submodels"]
    assert headings[:7] == elements
    concepts = TEXT.split("\n## Design concepts\n")[1].split("\n## ")[0]
    for question in ("Individual decisions", "Learning", "Individual prediction", "Sensing", "Interaction"):
        assert f"**{question}" in concepts
    for question in ("Individual differences", "Uncertainty", "Stochasticity", "Emergence", "Observation"):
        assert f"**{question}" in concepts


def test_a_row_says_what_the_declaration_says() -> None:
    """Each name and symbol has one row, with the unit, status and source of its declaration."""
    rows = [line for line in BLOCK.splitlines() if line.startswith("| $")]
    cells = [re.split(r"(?<!\\) \| ", row.strip("| ")) for row in rows]
    assert Counter(cell[0] for cell in cells) == Counter(f"${item.symbol}$" for item in ALL)
    assert max(Counter(cell[0] for cell in cells).values()) == 1
    said = {cell[1]: (cell[3], cell[5], cell[6].replace("\\|", "|")) for cell in cells}
    assert said == {f"`{item.name}`": (item.unit, item.status, item.source) for item in ALL}


@pytest.mark.parametrize("text", ["", BEGIN, f"{END} {BEGIN}", f"{BEGIN} {BEGIN} {END}"])
def test_a_description_without_its_marks_is_refused(text: str) -> None:
    """Where the table has no place, nothing is written and the marks are named."""
    with pytest.raises(ParameterError, match="parameters:begin"):
        with_table(text)


@pytest.mark.parametrize(("tax", "deduction", "subsidy"), [(0.25, 0.75, 0.03), (0.15, 1.0, 0.0), (0.05, 1.0, 0.1)])
def test_a_user_cost_from_the_text_is_that_of_the_code(tax: float, deduction: float, subsidy: float) -> None:
    """The equation of the user cost, worked out as it is written, gives what the rule gives."""
    p = Parameters.with_values(super_deduction_takeup=0.6, loss_share=0.3, grant_misuse_share=0.1)
    values = {item.symbol: getattr(p, item.name) for item in ALL}
    from_text = _value(_right_hand_side("c"), {**values, r"\tau": tax, "s": deduction, "x": subsidy})
    cost = user_cost(tax, deduction * claimed_share(p), subsidy * honest_share(p))
    assert from_text == pytest.approx(cost, rel=1e-12)


def test_a_knowledge_step_from_the_text_is_that_of_the_code() -> None:
    """The equation of knowledge, worked out as it is written, gives what the rule gives."""
    given = {r"\delta_i": 0.2, "K_{i,t-1}": 100.0, "R_{i,t - 4 L_{R}}": 5.0}
    from_text = _value(_right_hand_side("K_{it}"), given)
    stock = np.array([100.0])
    rd, kept = np.array([5.0]), knowledge_kept(np.array([0.2]))
    add_knowledge((stock, stock.copy()), (rd, rd), np.zeros(1, np.int8), kept)
    assert from_text == pytest.approx(float(stock[0]), rel=1e-12)
    assert from_text == pytest.approx(99.57416, abs=1e-5)
