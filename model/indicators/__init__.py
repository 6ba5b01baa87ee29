"""Indicators: what is read off the economy, one file per theme."""

from __future__ import annotations

from model.indicators import capital, clusters, firms, fiscal, industry, patents, research, talent
from model.indicators.declare import REGISTRY
from model.results import IndicatorInfo


def all_indicators() -> tuple[IndicatorInfo, ...]:
    """Every indicator and definition, in the order of the columns of a result."""
    return tuple(info for info, _ in REGISTRY)


__all__ = ["all_indicators", "capital", "clusters", "firms", "fiscal", "industry", "patents", "research", "talent"]
