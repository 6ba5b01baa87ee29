"""Industry: the high-tech share under its definitions, numerator and denominator of one scope."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from model.indicators.declare import OWN_LEVEL, defined_indicator, indicator, yearly_flow

if TYPE_CHECKING:
    from model.economy import Economy


def _above_scale(economy: Economy) -> np.ndarray:
    """(n,) rows of the above-scale industrial firms of the focal district."""
    f = economy.firms
    return economy.record.once(
        "above-scale firms", lambda: np.flatnonzero(f.above_scale & (f.city == 0) & (f.kind >= 0.0))
    )


def _own_level(economy: Economy) -> np.ndarray:
    """(n,) rows of those of the own level."""
    rows = _above_scale(economy)
    return economy.record.once("above-scale firms, own level", lambda: rows[economy.firms.site[rows] == 0])


def _value(economy: Economy, rows: np.ndarray) -> float:
    """Their value added, yuan in the quarter."""
    return float(economy.firms.value_added[rows].sum())


@yearly_flow("above_scale_own_level")
def above_scale_own_level(economy: Economy) -> float:
    """Above-scale industrial value added, own level."""
    return _value(economy, _own_level(economy))


@yearly_flow("above_scale_district")
def above_scale_district(economy: Economy) -> float:
    """Above-scale industrial value added, whole district."""
    return _value(economy, _above_scale(economy))


@yearly_flow("hightech_own_level")
def hightech_own_level(economy: Economy) -> float:
    """High-tech value added, own level: catalogue or certificate."""
    rows = _own_level(economy)
    return _value(economy, rows[_high_tech(economy, rows)])


@yearly_flow("hightech_district")
def hightech_district(economy: Economy) -> float:
    """High-tech value added, whole district."""
    rows = _above_scale(economy)
    return _value(economy, rows[_high_tech(economy, rows)])


@yearly_flow("catalogue_own_level")
def catalogue_own_level(economy: Economy) -> float:
    """Value added of catalogue clusters, own level."""
    rows = _own_level(economy)
    return _value(economy, rows[economy.firms.kind[rows] > 0.0])


@yearly_flow("certified_own_level")
def certified_own_level(economy: Economy) -> float:
    """Value added of firms with a certificate, own level."""
    rows = _own_level(economy)
    return _value(economy, rows[_certified(economy, rows)])


def _certified(economy: Economy, rows: np.ndarray) -> np.ndarray:
    """(n,) which of these living firms hold a valid certificate."""
    return np.asarray(economy.firms.certified_until[rows] >= economy.quarter)


def _high_tech(economy: Economy, rows: np.ndarray) -> np.ndarray:
    """(n,) which of these are of a cluster in the catalogue, or certified."""
    return np.asarray((economy.firms.kind[rows] > 0.0) | _certified(economy, rows))


defined_indicator(
    "hightech_share",
    "高新技术产业增加值占规上工业增加值比重",
    "High-tech value added over above-scale industrial value added",
    unit="percent",
    theme="industry",
)


@indicator(
    "hightech_value_added",
    "高新技术产业增加值(区本级)",
    "High-tech value added, own level",
    unit="yuan/year",
    theme="industry",
    scope=OWN_LEVEL,
)
def hightech_value_added(economy: Economy) -> float:
    """Numerator of the default definition."""
    return economy.record.year("hightech_own_level")


@indicator(
    "above_scale_value_added",
    "规上工业增加值(区本级)",
    "Above-scale industrial value added, own level",
    unit="yuan/year",
    theme="industry",
    scope=OWN_LEVEL,
)
def above_scale_value_added(economy: Economy) -> float:
    """Denominator of the default definition."""
    return economy.record.year("above_scale_own_level")
