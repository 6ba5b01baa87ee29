"""Rows of runs that a number of a report is made of: the filter of the results behind each table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from model.policy import QUARTERS_PER_YEAR, quarter_of
from model.results import RATION
from outputs import aggregates
from outputs.report.content import Key, Origin
from outputs.report.reading import Reader
from outputs.report.tables import FOCAL
from outputs.store import Study

if TYPE_CHECKING:
    import pandas as pd

Where = Mapping[str, Key]


def runs_behind(reader: Reader, origin: Origin) -> pd.DataFrame | None:
    """Rows of the results that a number is made of.

    Returns
    -------
    As the results have them, one row or more for each member; None where no runs stand behind it alone: for what
    defines the study, and for tables that a verb has added, whose manifest says what they rest on.
    """
    if origin.study != reader.study_id or origin.table not in FILTERS:
        return None
    return FILTERS[origin.table](reader.study, dict(origin.where))


def _target(study: Study, where: Where) -> pd.DataFrame:
    """Values of an indicator under a definition in the year of a target, and in the base year."""
    (target,) = [one for one in study.definition.targets if one.target_id == where["target"]]
    definition = where.get("definition", study.definition.reported_definition(str(where["scenario"]), target))
    quarters = [0, quarter_of(study.definition.year_of(target))]
    keys = {"scenario": where["scenario"], "indicator": target.indicator, "definition": definition}
    return study.indicators(quarter=quarters, **keys)


def _joint(study: Study, where: Where) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    each = [_target(study, {**where, "target": target.target_id}) for target in study.definition.headline]
    found = pd.concat(each, ignore_index=True)
    return found[found["quarter"] > 0]


def _effect(study: Study, where: Where) -> pd.DataFrame:
    """Values of the scenario and of the first one at the end of the last year, whose differences are told."""
    first = study.definition.scenarios[0].scenario_id
    definition = where.get("definition")
    if definition is None:
        (target,) = [one for one in study.definition.headline if one.indicator == where["indicator"]]
        definition = target.definition
    last = quarter_of(study.definition.to_year)
    keys = {"indicator": where["indicator"], "definition": definition, "quarter": last}
    return study.indicators(scenario=[first, str(where["scenario"])], **keys)


def _costs(study: Study, where: Where) -> pd.DataFrame:
    families = {lever.lever_id: lever.family for lever in study.definition.levers}
    found = study.costs(scenario=where["scenario"], year=where["year"])
    keep = found["scenario"] == where["scenario"]
    for column, values in (("lever", found["lever"]), ("payer", found["payer"])):
        if where[column] != aggregates.ALL:
            keep &= values == where[column]
    if where["family"] != aggregates.ALL:
        keep &= found["lever"].map(families) == where["family"]
    return found[keep]


def _flows(study: Study, where: Where) -> pd.DataFrame:
    focal = study.definition.places[FOCAL].place_id
    last = (study.definition.goal_year - aggregates.years_of(study)[0] + 1) * QUARTERS_PER_YEAR
    found = study.flows(scenario=where["scenario"], kind=where["kind"], quarter=range(1, last + 1))
    others = [place.place_id for place in study.definition.places if place.place_id != focal]
    ends = others if where["place"] == aggregates.ALL else [str(where["place"])]
    come = (found["destination"] == focal) & found["origin"].isin(ends)
    go = (found["origin"] == focal) & found["destination"].isin(ends)
    return found[come | go]


def _moves(study: Study, where: Where) -> pd.DataFrame:
    found = study.decomposition(scenario=where["scenario"], indicator=where["indicator"])
    last = (study.definition.goal_year - aggregates.years_of(study)[0] + 1) * QUARTERS_PER_YEAR
    found = found[(found["quarter"] > 0) & (found["quarter"] <= last)]
    return found if where["part"] == aggregates.ALL else found[found["part"] == where["part"]]


def _ration(study: Study, where: Where) -> pd.DataFrame:
    found = study.indicators(indicator=RATION, scenario=where["scenario"])
    return found[found["value"] < 1]


def _drawn(study: Study, where: Where) -> pd.DataFrame:
    return study.read("drawn", name=where["name"], scenario=study.definition.scenarios[0].scenario_id)


def _band(study: Study, where: Where) -> pd.DataFrame:
    """Values of an indicator at the end of a year."""
    keys = {name: where[name] for name in ("scenario", "indicator", "definition")}
    return study.indicators(quarter=quarter_of(int(where["year"])), **keys)


FILTERS: dict[str, Callable[[Study, Where], pd.DataFrame]] = {
    "targets": _target,
    "all_targets": _target,
    "joint": _joint,
    "effects": _effect,
    "prices": _effect,
    "costs": _costs,
    "net_flows": _flows,
    "moves": _moves,
    "bands": _band,
    "ration": _ration,
    "draws": _drawn,
}
"""Table -> the rows of results behind a row of it."""
