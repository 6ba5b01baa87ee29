"""How an indicator is declared: one decorated function, with its labels, unit and definition."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from model.results import IndicatorInfo

if TYPE_CHECKING:
    from model.economy import Economy

Reading = Callable[["Economy"], float]
REGISTRY: list[tuple[IndicatorInfo, Reading]] = []
FLOWS: dict[str, tuple[Reading, str]] = {}
"""Flows of a quarter that yearly ratios sum over: name -> (function, pace of 2020: ``gdp`` or ``rd``)."""


def indicator(  # noqa: PLR0913 - one label each
    name: str,
    name_zh: str,
    name_en: str,
    *,
    unit: str,
    theme: str,
    definition: str = "",
    definition_zh: str = "",
    definition_en: str = "",
) -> Callable[[Reading], Reading]:
    """Register a function of the economy as an indicator (or one of its definitions)."""

    def register(reading: Reading) -> Reading:
        info = IndicatorInfo(name, definition, name_zh, name_en, unit, theme, definition_zh, definition_en)
        REGISTRY.append((info, reading))
        return reading

    return register


def yearly_flow(name: str, pace: str = "gdp") -> Callable[[Reading], Reading]:
    """Register a flow of the quarter; indicators ask the record for its last four quarters."""

    def register(reading: Reading) -> Reading:
        FLOWS[name] = (reading, pace)
        return reading

    return register
