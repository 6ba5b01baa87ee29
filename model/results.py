"""What one run leaves: plain arrays with labels, ready to be stored and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
GROWTH_2020 = "gdp_growth_2020"
"""Name, among what a member drew, of log growth a quarter within 2020: yearly sums are told in quarters by it."""
RATION = "budget_ration"
"""Name, among stored indicators, of the share of the planned change of levers that the budget could pay."""


@dataclass(frozen=True)
class IndicatorInfo:
    """What a reader must know of a column: declared beside the function that computes it."""

    indicator: str
    definition: str
    """Empty when there is only one."""
    name_zh: str
    name_en: str
    unit: str
    """Unit of the value as computed, e.g. ``percent``, ``persons``, ``yuan/year``."""
    theme: str
    definition_zh: str = ""
    definition_en: str = ""
    scope: str = ""
    """What it covers, one of the `SCOPES` of definitions; a published figure must match."""


@dataclass(frozen=True)
class RunResult:
    """One member under one scenario. Quarter 0 is 2020 Q4; ``n`` is the number of quarters simulated."""

    scenario_id: str
    member: int
    columns: tuple[tuple[str, str], ...]
    """(indicator, definition) of each column of ``values``."""
    values: FloatArray
    """(n + 1, n_columns)."""
    places: tuple[str, ...]
    flows: dict[str, FloatArray]
    """``talents`` (persons), ``firms``, ``capital`` (yuan): (n + 1, n_places, n_places), origin by destination;
    row 0 is zero. The diagonal holds graduates who stay where they studied, and money that stays."""
    lever_ids: tuple[str, ...]
    payers: tuple[str, ...]
    costs: FloatArray
    """(n + 1, n_levers, n_payers) yuan in the quarter."""
    ration: FloatArray
    """(n + 1,) share of the planned change of levers that the budget could pay; 1 is all."""
    decomposition: dict[tuple[str, str], FloatArray]
    """(indicator, part) -> (n + 1,) contribution in the quarter; an indicator's parts add up to its move exactly."""
    drawn: dict[str, float]
    """Base values and parameters of the member, and the mean growth of its outside world, by name."""
    events: int
    """Agent-steps done, for the benchmark."""
