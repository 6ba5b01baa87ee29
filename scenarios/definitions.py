"""Definitions: the ways in which an indicator may be counted, read from ``definitions.csv``."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DEFINITIONS_FILE = Path(__file__).with_name("definitions.csv")


@dataclass(frozen=True)
class Definition:
    """One way of counting an indicator, with its words in Chinese and English."""

    indicator: str
    definition: str
    name_zh: str
    name_en: str
    text_zh: str
    text_en: str


@cache
def load_definitions() -> tuple[Definition, ...]:
    """Read every definition, in the order of the file. Which one a target uses stands in ``targets.csv``."""
    with DEFINITIONS_FILE.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(Definition(**row) for row in csv.DictReader(lines))


def definitions_of(indicator: str) -> tuple[str, ...]:
    """Names of the definitions of an indicator, none when it is unknown."""
    return tuple(row.definition for row in load_definitions() if row.indicator == indicator)


def defined_indicators() -> tuple[str, ...]:
    """List the indicators that have definitions to choose from, in the order of the file."""
    return tuple(dict.fromkeys(row.indicator for row in load_definitions()))
