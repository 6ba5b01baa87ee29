"""Definitions: the ways in which an indicator is counted, one row of ``definitions.csv`` each.

A row holds words in Chinese and English, and what is counted: a sum of measures (yearly flows and stocks, declared in
the files of the themes), over another sum where it is a ratio.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from model.errors import DataError, near_match

DEFINITIONS_FILE = Path(__file__).with_name("definitions.csv")
SCOPES = ("whole_district", "own_level", "high_tech_zone", "three_cities")
"""The own level and the high-tech zone together; each of them alone; the district, Shanghai and Hangzhou."""
WHOLE_DISTRICT, OWN_LEVEL, HIGH_TECH_ZONE, THREE_CITIES = SCOPES
Terms = tuple[tuple[float, str], ...]
"""Sign and name of each measure of a sum."""


@dataclass(frozen=True)
class Definition:
    """One way of counting an indicator. Which one a target uses stands with the target."""

    indicator: str
    definition: str
    scope: str
    """Part of the district, or the places together, that numerator and denominator cover."""
    name_zh: str
    name_en: str
    text_zh: str
    text_en: str
    numerator: str
    """Measures with + or - between them."""
    denominator: str
    """The same; empty where the definition is no ratio."""


@cache
def load_definitions(path: Path = DEFINITIONS_FILE) -> tuple[Definition, ...]:
    """Read every definition, in the order of the file.

    Raises
    ------
    DataError : columns are missing or unknown, a cell is empty, a sum cannot be read, or a row stands twice; every
        problem at once, with its row.
    """
    label, columns = "/".join(path.parts[-3:]), [item.name for item in fields(Definition)]
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines, restval="")
        if list(reader.fieldnames or ()) != columns:
            raise DataError(f"{label}, row 1: the columns must be {', '.join(columns)}")
        rows = [(reader.line_num, row) for row in reader]
    problems: list[str] = []
    found: dict[tuple[str, str], Definition] = {}
    for line, row in rows:
        faults = [f"field {name}: is empty" for name in columns[:-1] if not row[name]]
        faults += [
            f"field {name}: '{row[name]}' is no sum; write measures with + or - between them, such as a + b - c"
            for name in columns[-2:]
            if row[name] and not terms(row[name])
        ]
        if row["scope"] and row["scope"] not in SCOPES:
            faults.append(f"field scope: '{row['scope']}' is none of {', '.join(SCOPES)}; write one of them")
        key = (row["indicator"], row["definition"])
        if key in found:
            faults.append(f"field definition: {key[1]} of {key[0]} stands twice; keep one row")
        found[key] = Definition(**{name: row[name] for name in columns})
        problems += [f"{label}, row {line}, {fault}" for fault in faults]
    if problems:
        raise DataError(problems)
    return tuple(found.values())


def terms(text: str) -> Terms:
    """Read ``a + b - c`` as signs and names; empty where it is no such sum."""
    words = text.split()
    signs = ["+", *words[1::2]]
    names = words[::2]
    if len(signs) != len(names) or not {*signs} <= {"+", "-"} or not all(name.isidentifier() for name in names):
        return ()
    return tuple((1.0 if sign == "+" else -1.0, name) for sign, name in zip(signs, names, strict=True))


def unknown_names(rows: Iterable[Definition], measures: Collection[str], indicators: Collection[str]) -> list[str]:
    """Say which rows name a measure or an indicator that no file of a theme declares."""
    problems = []
    for row in rows:
        place = f"{'/'.join(DEFINITIONS_FILE.parts[-3:])}, definition {row.definition} of {row.indicator}"
        if row.indicator not in indicators:
            near = near_match(row.indicator, indicators)
            problems.append(f"{place}: no theme declares {row.indicator} as counted in several ways; {near}")
        named = {name: None for _, name in (*terms(row.numerator), *terms(row.denominator))}
        problems += [
            f"{place}: '{name}' is no measure; {near_match(name, measures)}" for name in named if name not in measures
        ]
    return problems


def definitions_of(indicator: str) -> tuple[str, ...]:
    """Names of the definitions of an indicator, none when it has only one way of counting or is unknown."""
    return tuple(row.definition for row in load_definitions() if row.indicator == indicator)


def indicators_with_definitions() -> tuple[str, ...]:
    """List the indicators that have definitions to choose from, in the order of the file."""
    return tuple(dict.fromkeys(row.indicator for row in load_definitions()))
