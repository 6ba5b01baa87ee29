"""What a value of an indicator says of time: the end of its quarter, the sum of four quarters, or a ratio of sums."""

from __future__ import annotations

from typing import Literal

from model.indicators.declare import FLOWS
from model.indicators.definitions import load_definitions, terms
from model.results import IndicatorInfo

Timing = Literal["end", "year", "ratio", "quarter"]
"""``end``: at the end of the quarter. ``year``: a sum of four quarters. ``ratio``: of such sums. ``quarter``: of it."""
_RD_PACED = frozenset({"rd_expenditure", "firm_rd_three_cities", "firm_rd_zone"})
_OF_ONE_QUARTER = frozenset({"budget_shortfall", "talent_tightness", "lever_productivity"})


def timing_of(info: IndicatorInfo) -> Timing:
    """Say how a column of a result relates to time."""
    if info.unit.endswith("/quarter") or info.indicator in _OF_ONE_QUARTER:
        return "quarter"
    if info.unit.endswith("/year") or info.indicator.startswith("cluster_revenue_"):
        return "year"
    measures = {
        name
        for row in load_definitions()
        if (row.indicator, row.definition) == (info.indicator, info.definition)
        for _, name in (*terms(row.numerator), *terms(row.denominator))
    }
    return "ratio" if measures & set(FLOWS) else "end"


def pace_of(info: IndicatorInfo) -> str:
    """Pace at which a yearly flow grew within 2020: ``gdp``, or ``rd`` where the trend of R&D comes on top."""
    return "rd" if info.indicator in _RD_PACED else "gdp"
