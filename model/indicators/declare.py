"""How an indicator is declared: one decorated function, or rows of ``definitions.csv`` over measures declared here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from model.indicators.definitions import (
    HIGH_TECH_ZONE,
    OWN_LEVEL,
    THREE_CITIES,
    WHOLE_DISTRICT,
    Terms,
    load_definitions,
    terms,
)
from model.results import IndicatorInfo

if TYPE_CHECKING:
    from model.economy import Economy

__all__ = [
    "FLOWS",
    "HIGH_TECH_ZONE",
    "OWN_LEVEL",
    "REGISTRY",
    "STOCKS",
    "THREE_CITIES",
    "WHOLE_DISTRICT",
    "defined_indicator",
    "indicator",
    "stock",
    "yearly_flow",
]

Reading = Callable[["Economy"], float]
REGISTRY: list[tuple[IndicatorInfo, Reading]] = []
FLOWS: dict[str, tuple[Reading, str]] = {}
"""Flows of a quarter that yearly ratios sum over: name -> (function, pace of 2020: ``gdp`` or ``rd``)."""
STOCKS: dict[str, Reading] = {}
"""Stocks at the end of the quarter that definitions name."""


def indicator(
    name: str, name_zh: str, name_en: str, *, unit: str, theme: str, scope: str = WHOLE_DISTRICT
) -> Callable[[Reading], Reading]:
    """Register a function of the economy as an indicator that is counted in one way."""

    def register(reading: Reading) -> Reading:
        REGISTRY.append((IndicatorInfo(name, "", name_zh, name_en, unit, theme, scope=scope), reading))
        return reading

    return register


def defined_indicator(name: str, name_zh: str, name_en: str, *, unit: str, theme: str) -> None:
    """Register an indicator that is counted in several ways: one column for each of its rows of ``definitions.csv``."""
    for row in load_definitions():
        if row.indicator == name:
            words = (row.name_zh, row.name_en, row.scope)
            info = IndicatorInfo(name, row.definition, name_zh, name_en, unit, theme, *words)
            scale = 100.0 if unit == "percent" else 1.0
            REGISTRY.append((info, partial(_defined, terms(row.numerator), terms(row.denominator), scale)))


def _defined(numerator: Terms, denominator: Terms, scale: float, economy: Economy) -> float:
    """Value under one definition; a ratio is scaled to its unit."""
    value = _total(numerator, economy)
    return scale * value / _total(denominator, economy) if denominator else value


def _total(measures: Terms, economy: Economy) -> float:
    """Sum of measures, each with its sign: yearly flows over four quarters, stocks at the end of the quarter."""
    record, total = economy.record, 0.0
    for sign, name in measures:
        total += sign * (record.year(name) if name in FLOWS else record.once(name, partial(STOCKS[name], economy)))
    return total


def stock(name: str) -> Callable[[Reading], Reading]:
    """Register a stock at the end of the quarter for definitions to name."""

    def register(reading: Reading) -> Reading:
        STOCKS[name] = reading
        return reading

    return register


def yearly_flow(name: str, pace: str = "gdp") -> Callable[[Reading], Reading]:
    """Register a flow of the quarter; indicators ask the record for its last four quarters."""

    def register(reading: Reading) -> Reading:
        FLOWS[name] = (reading, pace)
        return reading

    return register
