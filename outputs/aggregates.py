"""From runs to yearly tables of everything else: bands of indicators, flows, cost, decomposition."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.policy import BASE_YEAR, PAYERS, QUARTERS_PER_YEAR
from outputs.intervals import band
from outputs.summary import yearly

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study

ALL = "all"
"""In the table of cost: every lever, family or payer together (quantiles of a sum are not sums of quantiles)."""

_SHORT = ("mean", "p05", "p95")


def band_table(study: Study) -> pd.DataFrame:
    """Mean and quantiles of every indicator and definition at the end of each year, scenario by scenario."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows = []
    for info in study.definition.indicators:
        labels = {"indicator": info.indicator, "definition": info.definition, "unit": info.unit}
        for scenario, values in yearly(study, info.indicator, info.definition).items():
            for year, column in enumerate(values.T, start=BASE_YEAR):
                rows.append({"scenario": scenario, **labels, "year": year, **band(column)})
    return pd.DataFrame(rows)


def flow_samples(study: Study, kind: str, scenario: str, years: Sequence[int]) -> NDArray[np.float64]:
    """Sum the flows of some years.

    Returns
    -------
    (n_members, n_places, n_places) origin by destination, in the unit of the flow; zero where nothing moved.
    """
    places = {place.place_id: index for index, place in enumerate(study.definition.places)}
    members = {member: index for index, member in enumerate(study.finished_members(scenario))}
    samples = np.zeros((len(members), len(places), len(places)))
    quarters = [q for year in years for q in _quarters(year)]
    rows = study.flows(kind=kind, scenario=scenario, quarter=quarters)
    at = tuple(
        rows[name].map(index).to_numpy(dtype=np.intp)
        for name, index in (("member", members), ("origin", places), ("destination", places))
    )
    np.add.at(samples, at, rows["value"].to_numpy())
    return samples


def flow_table(study: Study) -> pd.DataFrame:
    """Mean and 5 to 95 % of each flow in each year; pairs of places where nothing ever moves left out."""
    import pandas as pd  # noqa: PLC0415

    names = [place.place_id for place in study.definition.places]
    rows = []
    for entry, kind, year in product(study.definition.scenarios, flow_kinds(study), years_of(study)):
        samples = flow_samples(study, kind, entry.scenario_id, [year])
        for origin, destination in zip(*np.nonzero(samples.any(axis=0)), strict=True):
            labels = {"scenario": entry.scenario_id, "kind": kind, "year": year}
            ends = {"origin": names[origin], "destination": names[destination]}
            rows.append({**labels, **ends, **_short(samples[:, origin, destination])})
    return pd.DataFrame(rows, columns=["scenario", "kind", "year", "origin", "destination", *_SHORT])


def flow_kinds(study: Study) -> list[str]:
    """Kinds of flow that the study holds, talents, firms and capital first."""
    found = set(study.read_column("flows", "kind"))
    known = [kind for kind in ("talents", "firms", "capital") if kind in found]
    return known + sorted(found - set(known))


def cost_samples(study: Study, scenario: str, year: int) -> tuple[list[str], NDArray[np.float64]]:
    """Cost of one year.

    Returns
    -------
    The payers, and (n_members, n_levers, n_payers) yuan, levers in the order of the study.
    """
    levers = {lever.lever_id: index for index, lever in enumerate(study.definition.levers)}
    members = {member: index for index, member in enumerate(study.finished_members(scenario))}
    found = set(study.read_column("costs", "payer"))
    payers = [payer for payer in PAYERS if payer in found] + sorted(found - set(PAYERS))
    samples = np.zeros((len(members), len(levers), len(payers)))
    rows = study.costs(scenario=scenario, year=year)
    index = {payer: place for place, payer in enumerate(payers)}
    keys = (("member", members), ("lever", levers), ("payer", index))
    np.add.at(
        samples, tuple(rows[name].map(place).to_numpy(dtype=np.intp) for name, place in keys), rows["yuan"].to_numpy()
    )
    return payers, samples


def cost_table(study: Study) -> pd.DataFrame:
    """Yuan a year by family, lever and payer: mean and 5 to 95 %, with the sums over payers, levers and families."""
    import pandas as pd  # noqa: PLC0415

    levers = study.definition.levers
    families = list(dict.fromkeys(lever.family for lever in levers))
    groups = [(lever.family, lever.lever_id, [index]) for index, lever in enumerate(levers)]
    groups += [(name, ALL, [i for i, lever in enumerate(levers) if lever.family == name]) for name in families]
    groups += [(ALL, ALL, list(range(len(levers))))]
    rows = []
    for entry, year in product(study.definition.scenarios, years_of(study)):
        payers, samples = cost_samples(study, entry.scenario_id, year)
        paid_by = [(payer, [index]) for index, payer in enumerate(payers)] + [(ALL, list(range(len(payers))))]
        for (family, lever, which), (payer, columns) in product(groups, paid_by):
            sums = samples[:, which][:, :, columns].sum(axis=(1, 2))
            if payer == ALL or sums.any():
                labels = {"scenario": entry.scenario_id, "year": year, "family": family, "lever": lever}
                rows.append({**labels, "payer": payer, **_short(sums)})
    return pd.DataFrame(rows, columns=["scenario", "year", "family", "lever", "payer", *_SHORT])


def decomposition_samples(study: Study, indicator: str, scenario: str) -> tuple[list[str], NDArray[np.float64]]:
    """Contributions of each year.

    Returns
    -------
    The parts, and (n_members, n_parts, n_years); the parts of a year add up to the move of the indicator in it.
    """
    rows = study.decomposition(indicator=indicator, scenario=scenario)
    parts = list(dict.fromkeys(rows["part"]))
    members = {member: index for index, member in enumerate(study.finished_members(scenario))}
    years = years_of(study)
    samples = np.zeros((len(members), len(parts), len(years)))
    rows = rows[(rows["quarter"] > 0) & (rows["quarter"] <= len(years) * QUARTERS_PER_YEAR)]
    order = {part: place for place, part in enumerate(parts)}
    at = (
        rows["member"].map(members).to_numpy(dtype=np.intp),
        rows["part"].map(order).to_numpy(dtype=np.intp),
        ((rows["quarter"] - 1) // QUARTERS_PER_YEAR).to_numpy(),
    )
    np.add.at(samples, at, rows["value"].to_numpy())
    return parts, samples


def decomposition_table(study: Study) -> pd.DataFrame:
    """Parts of the yearly move of each decomposed indicator: mean and 5 to 95 %, and their sum in part ``all``."""
    import pandas as pd  # noqa: PLC0415

    rows = []
    for entry, indicator in product(study.definition.scenarios, decomposed(study)):
        parts, samples = decomposition_samples(study, indicator, entry.scenario_id)
        for place, year in enumerate(years_of(study)):
            labels: dict[str, Any] = {"scenario": entry.scenario_id, "indicator": indicator, "year": year}
            rows += [{**labels, "part": part, **_short(samples[:, k, place])} for k, part in enumerate(parts)]
            rows.append({**labels, "part": ALL, **_short(samples[:, :, place].sum(axis=1))})
    return pd.DataFrame(rows, columns=["scenario", "indicator", "year", "part", *_SHORT])


def decomposed(study: Study) -> list[str]:
    """Indicators whose move is split into parts, in the order of the headline targets, then by name."""
    found = set(study.read_column("decomposition", "indicator"))
    first = [target.indicator for target in study.definition.headline if target.indicator in found]
    return first + sorted(found - set(first))


def years_of(study: Study) -> range:
    """Whole years simulated after the base year."""
    return range(BASE_YEAR + 1, BASE_YEAR + 1 + study.definition.n_quarters // QUARTERS_PER_YEAR)


def _quarters(year: int) -> range:
    last = (year - BASE_YEAR) * QUARTERS_PER_YEAR
    return range(last - QUARTERS_PER_YEAR + 1, last + 1)


def _short(values: NDArray[np.float64]) -> dict[str, float]:
    whole = band(values)
    return {name: whole[name] for name in _SHORT}
