"""The table of parameters in the ODD description, made from the declarations."""

from __future__ import annotations

import os
from pathlib import Path

from model.errors import ParameterError
from model.parameters import Declaration, Parameters, declarations

ODD_FILE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- parameters:begin -->", "<!-- parameters:end -->"
COLUMNS = ("symbol", "name", "meaning", "unit", "prior", "status", "source")


def parameter_table() -> str:
    """Write every declaration as a row, theme by theme, between two empty lines."""
    found, lines = declarations(Parameters), [""]
    for block in dict.fromkeys(item.block for item in found):
        lines += [f"**{block}**", "", _row(COLUMNS), _row(["---"] * len(COLUMNS))]
        lines += [_row(_cells(item)) for item in found if item.block == block]
        lines.append("")
    return "\n".join(lines)


def with_table(text: str) -> str:
    """Put the table of today between the two marks of a description.

    Raises
    ------
    ParameterError : one of the marks is missing, or they do not stand once each and in order.
    """
    if text.count(BEGIN) != 1 or text.count(END) != 1 or text.index(BEGIN) > text.index(END):
        raise ParameterError(f"{ODD_FILE.parent.name}/{ODD_FILE.name}: needs the lines {BEGIN} and {END}, once each")
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n{parameter_table()}\n{END}{rest.split(END)[1]}"


def check_odd(path: Path = ODD_FILE, *, write: bool = False) -> str:
    """Compare the description with the declarations; one line when they agree.

    Parameters
    ----------
    write : write the table again first, whole or not at all.

    Raises
    ------
    ParameterError : the file has no place for the table, or an old one in it.
    """
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    current, name = with_table(text), f"{path.parent.name}/{path.name}"
    if text != current and write:
        temporary = path.with_name(f"{path.name}.tmp{os.getpid()}")
        temporary.write_text(current, encoding="utf-8", newline="\n")
        temporary.replace(path)
    elif text != current:
        raise ParameterError(f"{name}: the parameters are not current; `run.py check --write` writes them again")
    return f"parameters: {len(declarations(Parameters))}, and {name} has them all"


def _cells(item: Declaration) -> list[str]:
    """What stands in the columns of a parameter; a bar would end a cell."""
    said = [item.meaning, item.unit, str(item.prior), item.status, item.source]
    return [f"${item.symbol}$", f"`{item.name}`", *(text.replace("|", "\\|").replace("\n", " ") for text in said)]


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"
