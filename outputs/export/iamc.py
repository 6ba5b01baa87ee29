"""A study in the format of the Integrated Assessment Modeling Consortium (IAMC).

Model, scenario, region, variable, unit, year. Names of variables go from the general to the special with ``|`` between
them. A quantile over members is a variable of its own, named as in the database of the IPCC's sixth assessment report
(``|5.0th Percentile``); the mean is ``|Mean``. A flow from one place to another has the region ``Shanghai>Yinzhou``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from model.wiring import VERSION
from outputs.language import text
from outputs.store import Study

if TYPE_CHECKING:
    import pandas as pd

    Tables = Mapping[str, pd.DataFrame]

MODEL = f"Yinzhou scenarios {VERSION}"
INDEX = ["model", "scenario", "region", "variable", "unit"]
_THEMES = {
    "research": "Research and Development",
    "talent": "Talent",
    "industry": "Industry",
    "firms": "Firms",
    "capital": "Capital",
    "fiscal": "Public Finance",
    "flows": "Three Cities",
    "economy": "Economy",
}
_STATISTICS = {
    "mean": "Mean",
    "p05": "5.0th Percentile",
    "p25": "25.0th Percentile",
    "p50": "50.0th Percentile",
    "p75": "75.0th Percentile",
    "p95": "95.0th Percentile",
}
_UNITS = {
    "percent": "%",
    "yuan": "CNY_2020",
    "yuan/year": "CNY_2020/yr",
    "bn yuan revenue": "billion CNY_2020/yr",
    "firms/year": "firms/yr",
    "ratio": "1",
    "share": "1",
}
_REGIONS = {
    "own_level": "Yinzhou|Own Level",
    "high_tech_zone": "Yinzhou|High-tech Zone",
    "three_cities": "Yinzhou, Shanghai and Hangzhou",
}
"""Region of each scope; every other scope is the whole district."""
_FLOW_UNITS = {"talents": "persons/yr", "firms": "firms/yr", "capital": "CNY_2020/yr"}


def long_table(study: Study, tables: Tables) -> pd.DataFrame:
    """Make the long format of a study from its tidy tables.

    Returns
    -------
    Columns ``model``, ``scenario``, ``region``, ``variable``, ``unit``, ``year``, ``value``, sorted by the first six.
    Money is yuan at prices of 2020, chances are percentages, levers are levels at the end of the year.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    makers = (_indicators, _flows, _costs, _levers, _chances)
    table = pd.concat([make(study, tables) for make in makers], ignore_index=True)
    table.insert(0, "model", MODEL)
    return table[[*INDEX, "year", "value"]].sort_values([*INDEX, "year"], kind="stable", ignore_index=True)


def wide_table(long: pd.DataFrame) -> pd.DataFrame:
    """Turn the long format into the wide one: a column a year, names as the consortium writes them."""
    wide = long.set_index([*INDEX, "year"])["value"].unstack("year").reset_index()  # noqa: PD010 - a value twice must fail
    wide.columns = [str(name).capitalize() for name in wide.columns]
    return wide


def meta_table(study: Study) -> pd.DataFrame:
    """One row a scenario: its names, its outside world, and the study that it comes from."""
    import pandas as pd  # noqa: PLC0415

    rows = [
        {
            "model": MODEL,
            "scenario": entry.scenario_id,
            "name_zh": entry.label_zh,
            "name_en": entry.label_en,
            "outside_world": entry.outside,
            "growth_shift": entry.growth_shift,
            "study": study.study_id,
            "members": len(study.finished_members(entry.scenario_id)),
            "seed": study.definition.seed,
            "scale": study.definition.scale,
        }
        for entry in study.definition.scenarios
    ]
    return pd.DataFrame(rows)


def variable_table(long: pd.DataFrame) -> pd.DataFrame:
    """One row for each variable and unit that the long format holds."""
    return long[["variable", "unit"]].drop_duplicates(ignore_index=True)


def _indicators(study: Study, tables: Tables) -> pd.DataFrame:
    """Every indicator under every definition."""
    rows = tables["indicators"]
    infos = {(info.indicator, info.definition): info for info in study.definition.indicators}
    keys = list(zip(rows["indicator"], rows["definition"], strict=True))
    names = {
        key: _joined(_THEMES.get(info.theme, info.theme.title() or "Other"), info.name_en, info.definition_en)
        for key, info in infos.items()
    }
    return rows.assign(
        region=[_REGIONS.get(infos[key].scope, "Yinzhou") for key in keys],
        variable=[
            f"{names[key]}|{_STATISTICS[statistic]}" for key, statistic in zip(keys, rows["statistic"], strict=True)
        ],
        unit=rows["unit"].replace(_UNITS),
    )


def _flows(study: Study, tables: Tables) -> pd.DataFrame:
    """Flows of a year from place to place."""
    rows = tables["flows"]
    places = {place.place_id: place.name_en for place in study.definition.places}
    ends = zip(rows["origin"], rows["destination"], strict=True)
    kinds = zip(rows["kind"], rows["statistic"], strict=True)
    return rows.assign(
        region=[f"{places[origin]}>{places[destination]}" for origin, destination in ends],
        variable=[f"Flow|{text(kind, 'en')}|{_STATISTICS[statistic]}" for kind, statistic in kinds],
        unit=rows["kind"].map(_FLOW_UNITS),
    )


def _costs(study: Study, tables: Tables) -> pd.DataFrame:
    """Cost of a year by family, lever and payer; a sum has the shorter name."""
    rows = tables["costs"]
    levers = {lever.lever_id: lever.name_en for lever in study.definition.levers}
    parts = zip(rows["family"], rows["lever"], rows["payer"], rows["statistic"], strict=True)
    names = [
        _joined(
            "Policy Cost",
            "" if family == "all" else text(family, "en"),
            levers.get(lever, ""),
            "" if payer == "all" else f"Paid by {text(payer, 'en')}",
            _STATISTICS[statistic],
        )
        for family, lever, payer, statistic in parts
    ]
    return rows.assign(region="Yinzhou", variable=names, unit="CNY_2020/yr")


def _levers(study: Study, tables: Tables) -> pd.DataFrame:
    """Levels of the levers: what the scenario puts in."""
    rows = tables["levers"]
    names = {lever.lever_id: lever.name_en for lever in study.definition.levers}
    parts = zip(rows["family"], rows["lever"], strict=True)
    variables = [_joined("Policy Lever", text(family, "en"), names[lever]) for family, lever in parts]
    return rows.assign(region="Yinzhou", variable=variables)


def _chances(study: Study, tables: Tables) -> pd.DataFrame:
    """Chances of the targets in the year in which each is judged, with Wilson's interval."""
    import pandas as pd  # noqa: PLC0415

    rows = []
    for name, row in _judged(study, tables):
        ends = {"Chance": "chance", "Chance|95% Interval Low": "chance_low", "Chance|95% Interval High": "chance_high"}
        for ending, column in ends.items():
            about = {"scenario": row["scenario"], "region": "Yinzhou", "year": row["year"]}
            value = 100.0 * row[column]
            rows.append({**about, "variable": f"Target|{name}|{ending}", "unit": "%", "value": value})
    return pd.DataFrame(rows, columns=["scenario", "region", "variable", "unit", "year", "value"])


def _judged(study: Study, tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and row of each chance: targets under each definition, and all together."""
    for row in tables["targets"].to_dict("records"):
        yield _joined(str(row["target_en"]), str(row["definition_en"])), {str(key): value for key, value in row.items()}
    last = max((study.definition.year_of(target) for target in study.definition.headline), default=0)
    for row in tables["joint"].to_dict("records"):
        yield "All Headline Targets", {"year": last} | {str(key): value for key, value in row.items()}


def _joined(*parts: str) -> str:
    """Parts of the name of a variable; a bar within a part would be one level too many."""
    return "|".join(part.replace("|", "/") for part in parts if part)
