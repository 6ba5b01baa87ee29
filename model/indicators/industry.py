"""Industry: the high-tech share under its definitions, numerator and denominator of one scope."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numba as nb
import numpy as np

from model.columns import rows_where, summed, summed_where
from model.compiled import RULE
from model.indicators.declare import OWN_LEVEL, defined_indicator, indicator, yearly_flow

if TYPE_CHECKING:
    from model.economy import Economy


class _Output(NamedTuple):
    """Value added of above-scale industrial firms of the focal district, yuan in the quarter."""

    district: float
    own_level: float
    hightech_district: float
    hightech_own_level: float
    """Of a cluster in the catalogue, or certified."""
    catalogue_own_level: float
    certified_own_level: float


def _output(economy: Economy) -> _Output:
    """Read all of it in one pass, once a quarter."""

    def read() -> _Output:
        f = economy.firms
        firms = f.city, f.site, f.kind, f.above_scale
        return _Output(*_sums(*firms, f.certified_until, economy.quarter, f.value_added))

    return economy.record.once("above-scale output", read)


@nb.njit(**RULE)
def _sums(city, site, kind, above_scale, certified_until, quarter, value_added):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """The compiled loop of `_output`; all arrays (n,), the city of closed firms below zero."""
    counted = np.empty(city.size, np.bool_)
    for i in range(city.size):
        counted[i] = above_scale[i] & (city[i] == 0) & (kind[i] >= 0.0)
    rows = rows_where(counted)
    output, among = np.empty(rows.size), np.empty((5, rows.size), np.bool_)
    for k in range(rows.size):
        row = rows[k]
        own, catalogue, certified = site[row] == 0, kind[row] > 0.0, certified_until[row] >= quarter
        output[k], among[0, k], among[1, k] = value_added[row], own, catalogue | certified
        among[2, k], among[3, k], among[4, k] = (catalogue | certified) & own, own & catalogue, own & certified
    return (
        summed(output),
        summed_where(output, among[0]),
        summed_where(output, among[1]),
        summed_where(output, among[2]),
        summed_where(output, among[3]),
        summed_where(output, among[4]),
    )


@yearly_flow("above_scale_own_level")
def above_scale_own_level(economy: Economy) -> float:
    """Above-scale industrial value added, own level."""
    return _output(economy).own_level


@yearly_flow("above_scale_district")
def above_scale_district(economy: Economy) -> float:
    """Above-scale industrial value added, whole district."""
    return _output(economy).district


@yearly_flow("hightech_own_level")
def hightech_own_level(economy: Economy) -> float:
    """High-tech value added, own level: catalogue or certificate."""
    return _output(economy).hightech_own_level


@yearly_flow("hightech_district")
def hightech_district(economy: Economy) -> float:
    """High-tech value added, whole district."""
    return _output(economy).hightech_district


@yearly_flow("catalogue_own_level")
def catalogue_own_level(economy: Economy) -> float:
    """Value added of catalogue clusters, own level."""
    return _output(economy).catalogue_own_level


@yearly_flow("certified_own_level")
def certified_own_level(economy: Economy) -> float:
    """Value added of firms with a certificate, own level."""
    return _output(economy).certified_own_level


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
