"""Tables that a report needs beside those that every study has: sizes, levers set, money short, net flows, draws."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from model.policy import BASE_YEAR
from model.results import RATION
from outputs import aggregates
from outputs.intervals import band
from outputs.store import Study
from outputs.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

FOCAL = 0
"""Place of the district among the places of a study."""


def size_table(study: Study) -> pd.DataFrame:
    """Sizes of the study, one row: members, seed, persons per agent, last year, scenarios, runs, runs that failed."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    definition, failed = study.definition, len(study.failed())
    n = len(definition.scenarios)
    sizes = {"members": definition.members, "seed": definition.seed, "scale": definition.scale, "failed": failed}
    known = {"levers": len(definition.levers), "targets": len(definition.targets)}
    last = {"to_year": definition.to_year, "scenarios": n, "runs": n * definition.members - failed}
    return pd.DataFrame([{**sizes, **known, **last}])


def lever_table(study: Study) -> pd.DataFrame:
    """Level of each lever in 2020 and in the year of the targets, by scenario, in the lever's own unit."""
    import pandas as pd  # noqa: PLC0415

    last = 4 * (study.definition.goal_year - BASE_YEAR)
    rows = []
    for entry in study.definition.scenarios:
        for lever in study.definition.levers:
            path = entry.intensities.get(lever.lever_id, (lever.baseline,))
            found = {"scenario": entry.scenario_id, "family": lever.family, "lever": lever.lever_id}
            rows.append({**found, "base": path[0], "final": path[min(last, len(path) - 1)]})
    return pd.DataFrame(rows)


def ration_table(study: Study) -> pd.DataFrame:
    """Share of the runs of each scenario whose budget could not pay for all planned changes of levers."""
    import pandas as pd  # noqa: PLC0415

    found = study.indicators(indicator=RATION)
    short = found[found["value"] < 1].groupby("scenario", observed=True)["member"].nunique()
    rows = []
    for entry in study.definition.scenarios:
        n, hit = len(study.finished_members(entry.scenario_id)), int(short.get(entry.scenario_id, 0))
        rows.append({"scenario": entry.scenario_id, "members": n, "rationed": hit, "share": hit / n if n else 0.0})
    return pd.DataFrame(rows)


def net_flow_table(study: Study) -> pd.DataFrame:
    """What came to the district from each place and went there, and the balance, summed from 2021 to the goal year.

    Returns
    -------
    One row per scenario, kind and other place, and one for all of them, ``all``: mean inflow and outflow, and mean
    and 5 to 95 % of the balance.
    """
    import pandas as pd  # noqa: PLC0415

    years = [year for year in aggregates.years_of(study) if year <= study.definition.goal_year]
    places = [place.place_id for place in study.definition.places]
    rows = []
    for entry in study.definition.scenarios:
        for kind in aggregates.flow_kinds(study):
            samples = aggregates.flow_samples(study, kind, entry.scenario_id, years)
            others = [(name, [index]) for index, name in enumerate(places) if index != FOCAL]
            others.append((aggregates.ALL, [index for index in range(len(places)) if index != FOCAL]))
            for name, which in others:
                come, go = samples[:, which, FOCAL].sum(axis=1), samples[:, FOCAL, which].sum(axis=1)
                found = {"scenario": entry.scenario_id, "kind": kind, "place": name}
                means = {"inflow": float(come.mean()), "outflow": float(go.mean())}
                cuts = {f"net_{key}": value for key, value in band(come - go).items() if key in {"mean", "p05", "p95"}}
                rows.append({**found, **means, **cuts})
    return pd.DataFrame(rows)


def move_table(study: Study) -> pd.DataFrame:
    """Parts of the move of each decomposed indicator from the base year to the goal year, and their sum ``all``."""
    import pandas as pd  # noqa: PLC0415

    years = study.definition.goal_year - BASE_YEAR
    rows = []
    for entry in study.definition.scenarios:
        for indicator in aggregates.decomposed(study):
            parts, samples = aggregates.decomposition_samples(study, indicator, entry.scenario_id)
            moved = samples[:, :, :years].sum(axis=2)
            labels = {"scenario": entry.scenario_id, "indicator": indicator}
            found = [*((part, moved[:, k]) for k, part in enumerate(parts)), (aggregates.ALL, moved.sum(axis=1))]
            rows += [
                {**labels, "part": part, **{key: band(values)[key] for key in ("mean", "p05", "p95")}}
                for part, values in found
            ]
    return pd.DataFrame(rows, columns=["scenario", "indicator", "part", "mean", "p05", "p95"])


def draw_table(study: Study) -> pd.DataFrame:
    """What the members of the first scenario drew: 5, 50 and 95 % of each value, in plain units."""
    import pandas as pd  # noqa: PLC0415

    drawn = study.read("drawn", scenario=study.definition.scenarios[0].scenario_id)
    rows = [
        {"name": str(name), "members": len(values), **{key: band(values)[key] for key in ("p05", "p50", "p95")}}
        for name, values in drawn.groupby("name", observed=True, sort=True)["value"]
    ]
    return pd.DataFrame(rows)


ALL_TABLES: dict[str, Callable[[Study], Any]] = {
    **TABLES,
    "sizes": size_table,
    "levers": lever_table,
    "ration": ration_table,
    "net_flows": net_flow_table,
    "moves": move_table,
    "draws": draw_table,
}
"""Name -> how a table is made of a study: those on disk as CSV, and those of reports alone."""
