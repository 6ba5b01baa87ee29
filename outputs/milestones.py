"""The plan broken down by year: the way of those who arrive, where a review should worry, and what can be promised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.policy import BASE_YEAR
from model.targets import Target
from outputs.intervals import band, quantile_interval, wilson
from outputs.signposts import COLUMNS, row_of, signpost
from outputs.store import Study
from outputs.summary import yearly

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
GROUPS = ("all", "met", "missed")
"""Whose values on the way a row holds: every member's, of those that meet the target at the end, of those that miss."""
CUTS = ("p05", "p50", "p95")
NO_REVIEW = "no_review"
"""Why the base year and the target's own year have no threshold."""


class Outcome(NamedTuple):
    """One target under one definition in one scenario: what its members reach on the way, and who meets it."""

    study: Study
    scenario: str
    target: Target
    definition: str
    reached: FloatArray
    """(n_members, n_years) at the end of each year, from the base year to the one in which the target is judged."""

    @property
    def met(self) -> NDArray[np.bool_]:
        """(n_members,) whether each meets the target in its year."""
        return np.array([self.target.met_by(float(value)) for value in self.reached[:, -1]], np.bool_)

    @property
    def labels(self) -> dict[str, object]:
        """Columns that say what a row is of."""
        met = self.met
        return {
            "scenario": self.scenario,
            "target": self.target.target_id,
            "definition": self.definition,
            "reported_first": self.definition == self.study.definition.reported_definition(self.scenario, self.target),
            "unit": self.target.unit,
            "relation": self.target.relation,
            "target_value": self.target.value,
            "target_year": self.study.definition.year_of(self.target),
            "members": len(met),
            "met": int(met.sum()),
        }


def outcomes_of(study: Study, targets: Sequence[Target]) -> list[Outcome]:
    """Every target under each of its definitions in each scenario: targets in their order, then scenarios."""
    found = []
    for target in targets:
        last = study.definition.year_of(target) - BASE_YEAR
        by_definition = {
            definition: yearly(study, target.indicator, definition)
            for definition in study.definition.definitions_of(target.indicator)
        }
        found += [
            Outcome(study, entry.scenario_id, target, definition, values[entry.scenario_id][:, : last + 1])
            for entry in study.definition.scenarios
            for definition, values in by_definition.items()
            if entry.scenario_id in values
        ]
    return found


def milestone_table(study: Study, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """Break each target down by year.

    Parameters
    ----------
    study : complete.
    outcomes : of that study, see `outcomes_of`.

    Returns
    -------
    One row per scenario, target, definition and year up to the target's: 5, 50 and 95 % quantiles on the way, of all
    members, of those that meet the target (``met_``) and of those that miss it (``missed_``), empty where there are
    none. In the years between, the columns of `outputs.signposts.Signpost.row`: the threshold that best tells the two
    apart, found on members of even number, its 95 % bootstrap interval, and how it does on those of odd number;
    ``why_not`` gives the reason where there is none.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows: list[dict[str, Any]] = []
    for outcome in outcomes:
        met, members = outcome.met, study.finished_members(outcome.scenario)
        last = outcome.reached.shape[1] - 1
        for place, column in enumerate(outcome.reached.T):
            is_between = 0 < place < last
            found = signpost(column, met, members, study.definition.seed) if is_between else NO_REVIEW
            rows.append(outcome.labels | {"year": BASE_YEAR + place} | _way(column, met) | row_of(found))
    way = [f"{group}_{cut}" for group in GROUPS for cut in CUTS]
    return pd.DataFrame(rows, columns=[*_LABELS, "members", "met", "year", *way, *COLUMNS])


def promise_table(outcomes: Sequence[Outcome], chance: float) -> pd.DataFrame:
    """What each scenario reaches with a given chance.

    Parameters
    ----------
    outcomes : of one study, see `outcomes_of`.
    chance : that the value is reached, between 0 and 1, such as 0.8.

    Returns
    -------
    One row per scenario, target and definition: ``promised`` is the value that this share of the members reach in the
    target's year, with its 95 % interval between order statistics (infinite where the members are too few for a bound);
    beside it the chance of the target itself with its Wilson interval, and ``keeps`` where the whole interval meets it.
    """
    import pandas as pd  # noqa: PLC0415

    rows = []
    for outcome in outcomes:
        promised, low, high = quantile_interval(outcome.reached[:, -1], 1.0 - chance)
        met, n = int(outcome.met.sum()), len(outcome.met)
        bounds = wilson(met, n)
        rows.append(
            {
                **outcome.labels,
                "promised_with": chance,
                "promised": promised,
                "promised_low": low,
                "promised_high": high,
                "median": float(np.median(outcome.reached[:, -1])) if n else np.nan,
                "chance": met / n if n else np.nan,
                "chance_low": bounds[0],
                "chance_high": bounds[1],
                "keeps": outcome.target.met_by(low),
            }
        )
    return pd.DataFrame(rows)


_LABELS = (
    "scenario",
    "target",
    "definition",
    "reported_first",
    "unit",
    "relation",
    "target_value",
    "target_year",
)


def _way(column: FloatArray, met: NDArray[np.bool_]) -> dict[str, float]:
    """Quantiles of one year, of each group."""
    sides = {"all": column, "met": column[met], "missed": column[~met]}
    return {f"{group}_{cut}": band(side)[cut] for group, side in sides.items() for cut in CUTS}
