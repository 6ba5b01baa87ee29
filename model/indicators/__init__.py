"""Indicators: what is read off the economy, one file per theme."""

from __future__ import annotations

from model.errors import DataError
from model.indicators import capital, clusters, firms, fiscal, flows, industry, patents, research, talent
from model.indicators.declare import FLOWS, REGISTRY, STOCKS
from model.indicators.definitions import load_definitions, unknown_names
from model.results import IndicatorInfo

_DEFINED = {info.indicator for info, _ in REGISTRY if info.definition}
_PROBLEMS = unknown_names(load_definitions(), {*FLOWS, *STOCKS}, _DEFINED)
if _PROBLEMS:
    raise DataError(_PROBLEMS)


def all_indicators() -> tuple[IndicatorInfo, ...]:
    """Every indicator and definition, in the order of the columns of a result."""
    return tuple(info for info, _ in REGISTRY)


__all__ = [
    "all_indicators",
    "capital",
    "clusters",
    "firms",
    "fiscal",
    "flows",
    "industry",
    "patents",
    "research",
    "talent",
]
