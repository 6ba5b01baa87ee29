"""What a policy changes: paired differences to the first scenario under shared luck, and what they cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from outputs.aggregates import years_of
from outputs.intervals import band, fieller, mean_interval
from outputs.summary import yearly

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study

FloatArray = NDArray[np.float64]
NET_GAINS = (
    ("talent_total", "residents"),
    ("talents_three_cities", ""),
    ("firm_rd_three_cities", ""),
    ("venture_investment", ""),
    ("venture_investment_three_cities", ""),
)
"""Gains of the district beside those of the three cities together: what one city takes from another is no gain."""
PER_UNIT = ("rd_intensity", "talent_total")
"""Headline indicators whose additional point or person has a price."""
RISES, FALLS, UNSURE, UNTOUCHED = "rises", "falls", "unsure", "untouched"


class Side(NamedTuple):
    """One side of a comparison: a scenario of a study."""

    study: Study
    scenario: str


def matched(reference: Side, other: Side) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Rows of the members that both finished, in the other and in the reference: each (n_both,)."""
    members, usual = (side.study.finished_members(side.scenario) for side in (other, reference))
    at = {member: row for row, member in enumerate(usual)}
    both = np.array([(row, at[member]) for row, member in enumerate(members) if member in at], np.intp)
    rows = both.reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def paired(study: Study, indicator: str, definition: str) -> dict[str, FloatArray]:
    """Differences at the end of the last year to the first scenario, member by member.

    Returns
    -------
    Scenario -> (n_members,) for the members that both scenarios finished, all other scenarios in their order.
    """
    values = yearly(study, indicator, definition)
    first = study.definition.scenarios[0].scenario_id
    if first not in values:
        return {}
    found = {}
    for entry in study.definition.scenarios[1:]:
        if entry.scenario_id in values:
            mine, usual = matched(Side(study, first), Side(study, entry.scenario_id))
            found[entry.scenario_id] = values[entry.scenario_id][mine, -1] - values[first][usual, -1]
    return found


def effect_table(study: Study) -> pd.DataFrame:
    """Effects of each scenario on headline targets under every definition, and on what the three cities gain together.

    Returns
    -------
    One row per scenario and column: ``mean`` of the paired difference with its 95 % Monte-Carlo interval (Student),
    the 5, 50 and 95 % quantiles over members, the share of members that rise and fall, and ``sign``: ``rises`` or
    ``falls`` where the interval of the mean leaves zero out, ``untouched`` where no member differs at all.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    headline = {target.indicator for target in study.definition.headline}
    rows = []
    for info in study.definition.indicators:
        if info.indicator in headline or (info.indicator, info.definition) in NET_GAINS:
            labels = {"indicator": info.indicator, "definition": info.definition, "unit": info.unit}
            for scenario, difference in paired(study, info.indicator, info.definition).items():
                rows.append({"scenario": scenario, **labels, "year": study.definition.to_year, **effect(difference)})
    return pd.DataFrame(rows, columns=["scenario", "indicator", "definition", "unit", "year", *EFFECT])


EFFECT = ("mean", "mean_low", "mean_high", "p05", "p50", "p95", "rising_share", "falling_share", "sign")


def effect(difference: FloatArray) -> dict[str, Any]:
    """Summarise one paired difference, (n_members,)."""
    quantiles, (low, high) = band(difference), mean_interval(difference)
    sign = RISES if low > 0.0 else FALLS if high < 0.0 else UNSURE
    sign = sign if difference.any() else UNTOUCHED
    return {
        "mean": quantiles["mean"],
        "mean_low": low,
        "mean_high": high,
        **{name: quantiles[name] for name in ("p05", "p50", "p95")},
        "rising_share": float(np.mean(difference > 0.0)) if len(difference) else math.nan,
        "falling_share": float(np.mean(difference < 0.0)) if len(difference) else math.nan,
        "sign": sign,
    }


def yearly_cost(study: Study) -> dict[str, FloatArray]:
    """Cost of each year after the base year.

    Returns
    -------
    Scenario -> (n_members, n_years, 2) yuan of all payers and of the district, for the members that finished.
    """
    years, found = np.array(years_of(study)), {}
    for entry in study.definition.scenarios:
        members = np.array(study.finished_members(entry.scenario_id), np.int64)
        rows = study.costs(scenario=entry.scenario_id, year=years.tolist())
        at = np.searchsorted(members, rows["member"].to_numpy()), rows["year"].to_numpy().astype(np.intp) - years[0]
        yuan, costs = rows["yuan"].to_numpy(), np.zeros((len(members), len(years), 2))
        np.add.at(costs[..., 0], at, yuan)
        np.add.at(costs[..., 1], at, np.where(rows["payer"].to_numpy() == "district", yuan, 0.0))
        found[entry.scenario_id] = costs
    return found


def added_cost(study: Study) -> dict[str, tuple[FloatArray, FloatArray]]:
    """Cost beyond the first scenario's from 2021 to the last year.

    Returns
    -------
    Scenario -> (n_members,) yuan of all payers and of the district, for the members that both finished.
    """
    first, *others = (entry.scenario_id for entry in study.definition.scenarios)
    totals = {scenario: costs.sum(axis=1) for scenario, costs in yearly_cost(study).items()}
    found = {}
    for scenario in others:
        mine, usual = matched(Side(study, first), Side(study, scenario))
        added = totals[scenario][mine] - totals[first][usual]
        found[scenario] = (added[:, 0], added[:, 1])
    return found


def price_table(study: Study) -> pd.DataFrame:
    """What an additional percentage point of R&D over GDP and an additional talent cost.

    Returns
    -------
    One row per scenario and indicator: mean added cost of all payers and of the district from 2021 to the last year,
    mean effect, and their ratio with its 95 % Fieller interval; empty where the effect cannot be told from zero or
    goes down, because no price can then be named.
    """
    import pandas as pd  # noqa: PLC0415

    costs, rows = added_cost(study), []
    for target in study.definition.headline:
        if target.indicator in PER_UNIT:
            for scenario, difference in paired(study, target.indicator, target.definition).items():
                whole, own = costs[scenario]
                price, low, high = fieller(whole, difference)
                rows.append(
                    {
                        "scenario": scenario,
                        "indicator": target.indicator,
                        "unit": target.unit,
                        "added_cost": float(whole.mean()),
                        "added_cost_district": float(own.mean()),
                        "effect": float(difference.mean()),
                        "yuan_per_unit": price,
                        "low": low,
                        "high": high,
                    }
                )
    return pd.DataFrame(rows, columns=list(PRICE))


PRICE = (
    "scenario",
    "indicator",
    "unit",
    "added_cost",
    "added_cost_district",
    "effect",
    "yuan_per_unit",
    "low",
    "high",
)


def sign_table(study: Study) -> str:
    """Put the effect of each scenario on the headline targets into a Markdown table, with where it comes from.

    Signs are those of `effect_table`: an arrow only where the interval of the mean leaves zero out.
    """
    table, costs = effect_table(study), added_cost(study)
    definition, arrows = study.definition, {RISES: "↑", FALLS: "↓", UNSURE: "·", UNTOUCHED: "0"}
    first = definition.scenarios[0].label_en
    origin = (
        f"Study `{study.study_id}`: {definition.members} members, seed {definition.seed}, scale 1:{definition.scale}, "
        f"data `{definition.data_hash[:12]}`; change in {definition.to_year} against “{first}” under the same luck, "
        "mean and 95 % interval of the mean. ↑ or ↓: the interval leaves zero out; ·: it does not; 0: no member "
        "differs at all."
    )
    lines = [
        origin,
        "",
        "| scenario | " + " | ".join(target.name_en for target in definition.headline) + " | added cost, bn yuan |",
        "|---" * (len(definition.headline) + 2) + "|",
    ]
    for entry in definition.scenarios[1:]:
        cells = []
        for target in definition.headline:
            mine = table[(table["scenario"] == entry.scenario_id) & (table["indicator"] == target.indicator)]
            row = mine[mine["definition"] == target.definition].to_dict("records")[0]
            digits = 4 if target.unit == "percent" else 0
            mean, low, high = (f"{row[name]:+,.{digits}f}" for name in ("mean", "mean_low", "mean_high"))
            cells.append("0" if row["sign"] == UNTOUCHED else f"{arrows[row['sign']]} {mean} [{low}, {high}]")
        cost = f"{costs[entry.scenario_id][0].mean() / 1e9:+.2f}"
        lines.append(f"| {entry.label_en} | " + " | ".join(cells) + f" | {cost} |")
    return "\n".join(lines) + "\n"
