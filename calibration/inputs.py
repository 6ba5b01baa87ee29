"""Inputs: every uncertain value of base, parameters and outside world, under the name of its stream, with its prior."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from calibration.outside import outside_values
from calibration.tables import DATA_DIR, Uncertain, cached_tables
from calibration.uncertainties import Words
from model.errors import UsageError, near_match
from model.parameters import Parameters, declarations
from model.points import Points
from model.priors import Fixed, Prior
from model.uncertainties import LABELS, named, read_labels

_SLACK = 1e-9


@dataclass(frozen=True)
class Input:
    """One uncertain value."""

    name: str
    """Of its stream: ``kind:name``, and ``:year`` or ``:city`` where it is drawn anew for each."""
    kind: str
    """``base``, ``parameters`` or ``outside``: the word of ``switch_off``."""
    central: float
    """In plain units, as what `quantile` returns and `support` bounds."""
    prior: Prior
    factor: float
    """From the unit of the prior to the plain unit."""
    unit: str
    status: str
    source: str
    meaning: str
    zh: str
    en: str
    """Short names for readers."""

    def quantile(self, u: float) -> float:
        """The value at share ``u`` of the prior's mass, in plain units."""
        return self.prior.quantile(u) * self.factor

    def support(self) -> tuple[float, float]:
        """Smallest and largest value that the prior allows, in plain units."""
        low, high = (bound * self.factor for bound in self.prior.support())
        return low, high

    @property
    def short(self) -> str:
        """Name without its kind."""
        return self.name.partition(":")[2]


@lru_cache(maxsize=4)
def inputs(data_dir: Path = DATA_DIR) -> Mapping[str, Input]:
    """Everything with a prior that is not a constant, by name: base, parameters, outside world.

    Raises
    ------
    DataError : the tables are broken.
    """
    tables = cached_tables(data_dir)
    words, labels = Words(tables), read_labels(LABELS)
    found = []
    for item in tables.uncertain:
        described = words.of(item, "base")
        found.append(_drawn(f"base:{item.name}", "base", item, (described.zh, described.en)))
    found += [
        Input(
            f"parameter:{d.name}", "parameters", d.central, d.prior, 1.0, d.unit, d.status, d.source, d.meaning,
            *named(labels, d.name, d.meaning),
        )
        for d in declarations(Parameters)
    ]  # fmt: skip
    for name, row in outside_values(tables).items():
        item = tables.outside[row]
        found.append(_drawn(f"outside:{name}", "outside", item, words.of_draw(name, item)))
    return MappingProxyType({item.name: item for item in found if not isinstance(item.prior, Fixed)})


def _drawn(name: str, kind: str, item: Uncertain, words: tuple[str, str]) -> Input:
    unit, status, source = item.unit, item.status, item.source
    return Input(name, kind, item.central, item.prior, item.factor, unit, status, source, item.name, *words)


def check_points(points: Points, data_dir: Path = DATA_DIR) -> None:
    """Refuse points that name an unknown input, or set a value that its prior excludes.

    Raises
    ------
    UsageError : all problems at once.
    """
    known = inputs(data_dir)
    problems = [
        f"points: input '{name}' does not exist; {near_match(name, known)}"
        for name in points.names
        if name not in known
    ]
    if not problems and points.kind == "value":
        for name, column in zip(points.names, points.rows.T, strict=True):
            low, high = known[name].support()
            slack = _SLACK * max(abs(bound) for bound in (low, high, 1.0) if math.isfinite(bound))
            least, most = np.fmin.reduce(column), np.fmax.reduce(column)  # a cell may leave the input as drawn
            if least < low - slack or most > high + slack:
                problems.append(
                    f"points: {name} runs from {least:g} to {most:g}, its prior only from {low:g} to {high:g}"
                )
    if problems:
        raise UsageError(problems)


def plain_values(points: Points, row: Mapping[str, float], data_dir: Path = DATA_DIR) -> dict[str, float]:
    """Values in plain units of a row of points, by name of the input."""
    if points.kind == "value":
        return dict(row)
    known = inputs(data_dir)
    return {name: known[name].quantile(u) for name, u in row.items()}
