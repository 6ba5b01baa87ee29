"""Drawn values as a planner reads them: in the unit that was declared, shares and rates in percent."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from model.uncertainties import Uncertainty
from outputs.language import significant, text

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

_PERCENT = ("share", "relative")
_BARE = ("ratio", "index", "exponent", "elasticity", "abs elasticity", "logit coeff")
_PERCENT_A_YEAR = ("1/year", "log/year")


def in_unit(value: float, item: Uncertainty) -> float:
    """A stored value in the unit that is shown."""
    shown = value / item.factor
    return 100.0 * shown if item.unit in (*_PERCENT, *_PERCENT_A_YEAR) else shown


def unit_name(item: Uncertainty, language: str) -> str:
    """Name of the unit that is shown; empty for a bare number such as an elasticity."""
    if item.unit in _PERCENT:
        return "%"
    if item.unit in (*_PERCENT_A_YEAR, "percent/year"):
        return text("percent_a_year", language)
    return "" if item.unit in _BARE else text(f"unit {item.unit}", language)


def shown(value: float, item: Uncertainty, language: str) -> str:
    """A stored value with its unit, to three significant digits."""
    return f"{significant(in_unit(value, item))} {unit_name(item, language)}".rstrip()


def table_item(row: Mapping[Hashable, Any]) -> Uncertainty:
    """Read from a row of a table what a drawn value is; values of the table are in the unit that was declared."""
    words = {name: str(row[name]) for name in ("zh", "en", "unit", "status")}
    return Uncertainty(name=str(row["input"]), kind=row["kind"], group=row["kind"], factor=1.0, **words)


def condition(item: Uncertainty, low: float, high: float, language: str) -> str:
    """A limit in words: ``user-cost elasticity of R&D in large firms ≤ 0.6``; an infinite end is no limit."""
    name = item.zh if language == "zh" else item.en
    if math.isinf(low):
        return f"{name} ≤ {shown(high, item, language)}"
    if math.isinf(high):
        return f"{name} ≥ {shown(low, item, language)}"
    return f"{significant(in_unit(low, item))} ≤ {name} ≤ {shown(high, item, language)}"
