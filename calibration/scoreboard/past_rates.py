"""Rates of growth that the data hold before and about 2020, beside those of the model's first years."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from calibration.scoreboard.matching import MemberValues
from calibration.scoreboard.series import rows_of
from calibration.tables import DATA_DIR
from model.errors import DataError, StudyError
from model.policy import BASE_YEAR, QUARTERS_PER_YEAR
from model.wiring import Answer

if TYPE_CHECKING:
    import pandas as pd

RATES_FILE = Path(__file__).with_name("past_rates.csv")
CAUTION = (
    "No test of a forecast: the model starts in 2020, the rates are those of other years and, but for the talents, of "
    "other places, and several of them helped to set the base and the priors. They show where the model departs from "
    "the past; whether rightly, only later observations tell."
)


def rate_table(study: Answer) -> pd.DataFrame:
    """Compare rates, indicator by indicator and scenario by scenario.

    Returns
    -------
    ``observed`` is the yearly growth between two published values, percent a year (compound); ``p05`` to ``p95`` that
    of the members over ``model_years``: from the end of 2020 on as many as the published span has, if they are
    simulated; ``share_below`` the share of members that grow less than was observed.

    Raises
    ------
    DataError : a published value that ``past_rates.csv`` names is not there.
    StudyError : an older version made the study.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    infos = {(info.indicator, info.definition): info for info in study.definition.indicators}
    known = [past for past in past_rates() if (past["indicator"], past["definition"]) in infos]
    if len(known) < len(past_rates()):
        message = f"study {study.path}: an older version made it, which did not compute every indicator compared"
        raise StudyError(f"{message}; run it again")
    rows = []
    for scenario in study.definition.scenarios:
        members = MemberValues(study, scenario)
        for past in known:
            span = int(past["to_period"]) - int(past["from_period"])
            years = min(span, study.definition.n_quarters // QUARTERS_PER_YEAR)
            path = members.path(infos[past["indicator"], past["definition"]])
            rates = yearly_growth(path[:, 0], path[:, years * QUARTERS_PER_YEAR], years)
            observed = observed_rate(past)
            cuts = dict(zip(("p05", "p50", "p95"), map(float, np.quantile(rates, (0.05, 0.5, 0.95))), strict=True))
            rows.append(
                {
                    "indicator": past["indicator"],
                    "definition": past["definition"],
                    "region": past["region"],
                    "past": f"{past['from_period']}-{past['to_period']}",
                    "observed": observed,
                    "same_scope": past["same_scope"] == "1",
                    "scenario": scenario.scenario_id,
                    "model_years": f"{BASE_YEAR}-{BASE_YEAR + years}",
                    **cuts,
                    "share_below": float(np.mean(rates < observed)),
                    "note_en": past["note_en"],
                    "note_zh": past["note_zh"],
                }
            )
    return pd.DataFrame(rows)


def yearly_growth(before: np.ndarray, after: np.ndarray, years: int) -> np.ndarray:
    """Compound growth, percent a year."""
    return np.asarray(100.0 * ((after / before) ** (1.0 / years) - 1.0))


def observed_rate(past: dict[str, str]) -> float:
    """Compound yearly growth between the two published values of a row, percent."""
    first, last = (_published(past, past[name]) for name in ("from_period", "to_period"))
    years = int(past["to_period"]) - int(past["from_period"])
    return 100.0 * (math.exp(math.log(last / first) / years) - 1.0)


def _published(past: dict[str, str], period: str) -> float:
    """The value of a period in the table that the row names."""
    scopes = past["observed_scope"].split("|")
    for row in rows_of(DATA_DIR / past["table"]):
        where = (row["indicator"], row["region"], row["period"])
        if where == (past["observed"], past["region"], period) and row["scope"] in scopes:
            return float(row["value"]) * float(past["factor"])
    message = f"{RATES_FILE.name}: {past['observed']} of {past['region']} in {period} is not in {past['table']}"
    raise DataError(f"{message}; mend the row")


def past_rates() -> Sequence[dict[str, str]]:
    """Which published values make which rate."""
    return rows_of(RATES_FILE)
