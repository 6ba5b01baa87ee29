"""What an ensemble draws, in words: the meaning, unit and kind of each value that a study stores as drawn."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from model.parameters import Parameters, declarations
from model.priors import Fixed

Kind = Literal["base", "parameters", "outside"]
LABELS = Path(__file__).resolve().parent / "parameters" / "labels.csv"


@dataclass(frozen=True)
class Uncertainty:
    """One drawn value as a reader knows it."""

    name: str
    """As in the table ``drawn`` of a study."""
    kind: Kind
    group: str
    """Block of a parameter; the kind itself for the others."""
    zh: str
    en: str
    unit: str
    """As declared."""
    factor: float
    """A stored value is in plain units; divided by this it is in the unit declared."""
    status: str
    source: str = ""
    """Where it is from, by its original title."""


def read_labels(path: Path) -> dict[str, tuple[str, str]]:
    """Short names in Chinese and English by name, from a CSV file ``name,zh,en``."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["name"]: (row["zh"], row["en"]) for row in csv.DictReader(file)}


def named(labels: Mapping[str, tuple[str, str]], name: str, meaning: str) -> tuple[str, str]:
    """Short names of a value; one without any is called by its declared meaning, so that it can be used at once."""
    return labels.get(name, (meaning, meaning))


def parameter_uncertainties() -> tuple[Uncertainty, ...]:
    """Every parameter that is drawn, in the order of its declaration."""
    labels = read_labels(LABELS)
    return tuple(
        Uncertainty(
            item.name,
            "parameters",
            item.block,
            *named(labels, item.name, item.meaning),
            item.unit,
            1.0,
            item.status,
            item.source,
        )
        for item in declarations(Parameters)
        if not isinstance(item.prior, Fixed)
    )


__all__ = ["Kind", "Uncertainty", "named", "parameter_uncertainties", "read_labels"]
