"""Signposts to watch: of all indicators those that tell earliest and best whether a target will be met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR
from model.targets import Target
from outputs.signposts import COLUMNS, Signpost, best_cuts, row_of, signpost, why_none
from outputs.store import Study

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Column = tuple[str, str]
"""Indicator and definition."""
SHOWN = 3
"""Indicators beside the target's own that are named for each year: those with the largest J among the finders."""
MEETS, UPPER, LOWEST = "meets", "upper_third", "not_lowest_third"
"""What is told: who meets the target; where too few do, who reaches the upper third; where too few miss it, who stays
out of the lowest."""


class Told(NamedTuple):
    """What a signpost is to tell of the members of a scenario."""

    kind: str
    value: float
    """To be reached in the target's year."""
    reached: BoolArray


def told_of(target: Target, final: FloatArray, members: list[int]) -> Told:
    """Ask who meets the target, or, where that cannot be told apart, who ends in the upper or the lowest third."""
    met = np.array([target.met_by(float(value)) for value in final], np.bool_)
    if not why_none(met, members):
        return Told(MEETS, target.value, met)
    kind, share = (UPPER, 2 / 3) if met.mean() < 0.5 else (LOWEST, 1 / 3)
    value = float(np.quantile(final, share))
    return Told(kind, value, final >= value)


def watch_table(study: Study, scenario: str) -> pd.DataFrame:
    """Find the signposts of each headline target in one scenario.

    Returns
    -------
    One row per target, year between the base and the target's, and indicator: the target's own (``rank`` 0), then the
    three with the largest J among members of even number, each with the columns of `outputs.signposts.Signpost.row`,
    all of which but the threshold are judged on members of odd number. ``candidates`` is how many indicators were
    tried. ``told`` is what they tell: see `told_of`.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    members, columns = study.finished_members(scenario), yearly_columns(study, scenario)
    rows: list[dict[str, Any]] = []
    for target in study.definition.headline if members else ():
        own = (target.indicator, study.definition.reported_definition(scenario, target))
        last = study.definition.year_of(target) - BASE_YEAR
        told = told_of(target, columns[own][:, last], members)
        labels: dict[str, Any] = {"scenario": scenario, "target": target.target_id, "unit": target.unit}
        labels |= {
            "told": told.kind,
            "told_value": told.value,
            "reached": int(told.reached.sum()),
            "members": len(members),
        }
        labels |= {"relation": target.relation, "target_value": target.value}
        for place in range(1, last):
            tried = {key: values[:, place] for key, values in columns.items() if key == own or key[0] != own[0]}
            found = _ranked(tried, own, told.reached, members) or [(own, True)]
            for rank, (key, at_least) in enumerate(found):
                post = signpost(tried[key], told.reached, members, study.definition.seed, at_least=at_least)
                names = {"year": BASE_YEAR + place, "rank": rank, "indicator": key[0], "definition": key[1]}
                rows.append(labels | names | {"candidates": len(tried)} | row_of(post))
    labels_first = ("scenario", "target", "unit", "relation", "target_value", "told", "told_value", "reached")
    names_first = ("members", "year", "rank", "indicator", "definition", "candidates")
    return pd.DataFrame(rows, columns=[*labels_first, *names_first, *COLUMNS])


def yearly_columns(study: Study, scenario: str) -> dict[Column, FloatArray]:
    """(n_members, n_years + 1) values of every indicator of one scenario at the end of each year."""
    n_years = study.definition.n_quarters // QUARTERS_PER_YEAR
    quarters = range(0, n_years * QUARTERS_PER_YEAR + 1, QUARTERS_PER_YEAR)
    wanted = {(info.indicator, info.definition) for info in study.definition.indicators}
    rows = study.indicators(scenario=scenario, quarter=quarters)
    grouped = rows.groupby(["indicator", "definition"], observed=True, sort=False)["value"]
    found = {(str(name), str(definition)): column.to_numpy() for (name, definition), column in grouped}
    return {key: values.reshape(-1, n_years + 1) for key, values in found.items() if key in wanted}


def _ranked(
    tried: Mapping[Column, FloatArray], own: Column, reached: BoolArray, members: list[int]
) -> list[tuple[Column, bool]]:
    """The target's own indicator, then those that tell best, with the side that is good; one definition of each."""
    if why_none(reached, members):
        return []
    even = np.asarray(members) % 2 == 0
    keys = [key for key in tried if key != own]
    sides = [(key, at_least) for key in keys for at_least in (True, False)]
    values = np.stack([(1.0 if at_least else -1.0) * tried[key][even] for key, at_least in sides])
    _, gains = best_cuts(values, np.broadcast_to(reached[even], values.shape))
    found: list[tuple[Column, bool]] = [(own, True)]
    for place in np.argsort(-gains, kind="stable"):
        key, at_least = sides[int(place)]
        if np.isfinite(gains[place]) and key[0] not in {known[0] for known, _ in found}:
            found.append((key, at_least))
        if len(found) > SHOWN:
            break
    return found


__all__ = ["LOWEST", "MEETS", "UPPER", "Signpost", "Told", "told_of", "watch_table"]
