"""A figure that was measured, with its noise, and what it is held against: a limit, a goal, an older run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True)
class Figure:
    """One number of a benchmark: the median of repeats, with their quartiles."""

    name: str
    value: float
    low: float
    high: float
    repeats: int
    unit: str
    limit: float | None = None
    """What the project promises; more is a miss, unless ``more`` is better."""
    goal: float | None = None
    """What it would like."""
    more: bool = False
    """Whether more is better."""
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the value keeps its limit and its goal."""
        words = []
        for name, bound in (("limit", self.limit), ("goal", self.goal)):
            if bound is not None:
                kept = self.value >= bound if self.more else self.value <= bound
                words.append(f"{name} {bound:g}: {'kept' if kept else 'missed'}")
        return ", ".join(words)


def measured(
    name: str,
    values: Sequence[float],
    unit: str,
    *,
    limit: float | None = None,
    goal: float | None = None,
    more: bool = False,
    note: str = "",
) -> Figure:
    """Make a figure of repeats: their median and quartiles (linear between order statistics).

    Raises
    ------
    ValueError : there is none, or one is not finite.
    """
    if not values or not all(map(math.isfinite, values)):
        raise ValueError(f"{name}: {values} are no measurements")
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return Figure(name, float(middle), float(low), float(high), len(values), unit, limit, goal, more, note)


def to_plain(figures: Iterable[Figure]) -> dict[str, dict[str, object]]:
    """Figures by name, as JSON holds them."""
    return {figure.name: {key: value for key, value in asdict(figure).items() if key != "name"} for figure in figures}


def from_plain(plain: Mapping[str, Mapping[str, object]]) -> list[Figure]:
    """The reverse of `to_plain`."""
    return [Figure(name=name, **row) for name, row in plain.items()]  # type: ignore[arg-type]


def cells(figure: Figure) -> list[str]:
    """A row of a table: name, value with unit, quartiles, repeats, what it is held against, note."""
    spread = f"{figure.low:.3g} to {figure.high:.3g}" if figure.repeats > 1 else ""
    return [figure.name, f"{figure.value:.3g} {figure.unit}", spread, str(figure.repeats), figure.verdict, figure.note]


HEADER = ["figure", "value", "range", "repeats", "held against", "note"]
"""Value and range are median and quartiles, or where a mode says so an estimate and its 95 % interval."""


def against(new: Figure, old: Figure) -> list[str]:
    """A row of a comparison: ratio of medians, the range that the quartiles allow, and whether it is beyond noise."""
    if old.value <= 0.0 or old.high <= 0.0 or old.low <= 0.0:
        return [new.name, f"{old.value:.3g}", f"{new.value:.3g}", "", "", "no ratio"]
    ratio, low, high = new.value / old.value, new.low / old.high, new.high / old.low
    better = "better" if (ratio > 1.0) == new.more else "worse"
    verdict = "within noise" if low <= 1.0 <= high else better
    if min(new.repeats, old.repeats) < 2:
        verdict = f"{verdict}; one repeat, noise unknown" if ratio != 1.0 else "same"
    return [new.name, f"{old.value:.3g}", f"{new.value:.3g}", f"{ratio:.2f}", f"{low:.2f} to {high:.2f}", verdict]


AGAINST = ["figure", "before", "now", "ratio", "by quartiles", "verdict"]


def compared(new: Sequence[Figure], old: Sequence[Figure]) -> list[list[str]]:
    """Rows of all figures that both hold, in the order of the new; then those that one of them lacks."""
    before = {figure.name: figure for figure in old}
    rows = [against(figure, before[figure.name]) for figure in new if figure.name in before]
    now = {figure.name for figure in new}
    rows += [[figure.name, "", f"{figure.value:.3g}", "", "", "new"] for figure in new if figure.name not in before]
    return rows + [[figure.name, f"{figure.value:.3g}", "", "", "", "gone"] for figure in old if figure.name not in now]


def exponent(sizes: Sequence[float], values: Sequence[float]) -> tuple[float, float]:
    """Slope of log value over log size by least squares, and its standard error.

    Raises
    ------
    ValueError : fewer than three sizes.
    """
    if len(sizes) < 3:
        raise ValueError("three sizes are needed")
    x, y = np.log(sizes), np.log(values)
    centred = x - x.mean()
    slope = float(centred @ (y - y.mean()) / (centred @ centred))
    rest = y - y.mean() - slope * centred
    return slope, float(np.sqrt(rest @ rest / (len(x) - 2) / (centred @ centred)))


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for a README."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"


def grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for the screen, columns aligned, blanks at the ends dropped."""
    widths = [max(len(line[place]) for line in [header, *rows]) for place in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in [header, *rows]]
    return "\n".join(line.rstrip() for line in lines)
