"""From runs to the answer on targets: band, gap, chance with its interval, year of attainment, joint chance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from model.policy import BASE_YEAR, QUARTERS_PER_YEAR, quarter_of
from model.targets import Target
from outputs.intervals import band, wilson
from outputs.manifest import ScenarioEntry

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study

NEVER = math.inf
SIMULATED, CHECKED, NOT_MODELLED, OUTSIDE = "simulated", "checked", "not_modelled_yet", "outside"


def yearly(study: Study, indicator: str, definition: str) -> dict[str, NDArray[np.float64]]:
    """Values at the end of each year, of every finished member.

    Returns
    -------
    Scenario -> (n_members, n_years + 1) in the order of members; column 0 is the base year. A flow of a year is
    already the sum of its four quarters in the indicator itself.
    """
    n_years = study.definition.n_quarters // QUARTERS_PER_YEAR
    quarters = range(0, n_years * QUARTERS_PER_YEAR + 1, QUARTERS_PER_YEAR)
    rows = study.indicators(indicator=indicator, definition=definition, quarter=quarters)
    # Rows are stored by scenario, member and quarter, so each scenario is a matrix once cut to length.
    grouped = rows.groupby("scenario", observed=True)["value"]
    found = {str(scenario): column.to_numpy().reshape(-1, n_years + 1) for scenario, column in grouped}
    return {
        entry.scenario_id: found[entry.scenario_id]
        for entry in study.definition.scenarios
        if entry.scenario_id in found
    }


def first_year(target: Target, values: NDArray[np.float64]) -> tuple[float, float]:
    """Find when a target is first attained.

    Parameters
    ----------
    target : of the plan.
    values : (n_members, n_years + 1), column 0 the base year.

    Returns
    -------
    The first year by which at least half of the members have attained it at some time (infinite if fewer ever do),
    and the share of members that never do.
    """
    met = np.vectorize(target.met_by, otypes=[bool])(values)
    first = np.where(met.any(axis=1), BASE_YEAR + met.argmax(axis=1), NEVER)
    middle = np.sort(first)[(len(first) - 1) // 2]
    return float(middle), float(np.mean(np.isinf(first)))


def target_table(study: Study) -> pd.DataFrame:
    """Answer each headline target under each of its definitions, scenario by scenario.

    Returns
    -------
    One row per scenario, target and definition. ``reported_first`` marks the definition the scenario is judged by;
    ``year`` is the target's, or the last simulated if that is earlier; ``gap`` is the median less the target;
    ``chance_low`` and ``chance_high`` are the 95 % Wilson interval; ``first_year`` is empty where most never attain.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows = []
    for target in study.definition.headline:
        for definition in study.definition.definitions_of(target.indicator) or [target.definition]:
            values = yearly(study, target.indicator, definition)
            rows += [
                _target_row(study, study.definition.scenario(scenario), (target, definition), of_scenario)
                for scenario, of_scenario in values.items()
            ]
    frame = pd.DataFrame(rows)
    if frame.empty:
        return frame
    order = {entry.scenario_id: place for place, entry in enumerate(study.definition.scenarios)}
    return frame.sort_values("scenario", key=lambda column: column.map(order), kind="stable", ignore_index=True)


def joint_table(study: Study) -> pd.DataFrame:
    """Chance that one member meets all headline targets, under the definitions that its scenario reports first."""
    import pandas as pd  # noqa: PLC0415

    rows = []
    for entry in study.definition.scenarios:
        met = [_met(study, entry, target) for target in study.definition.headline]
        if met:
            members, successes = len(met[0]), int(np.logical_and.reduce(met).sum())
            low, high = wilson(successes, members)
            labels = {"scenario": entry.scenario_id, "scenario_zh": entry.label_zh, "scenario_en": entry.label_en}
            chances = {"members": members, "met": successes, "chance": successes / members if members else math.nan}
            targets = " ".join(target.target_id for target in study.definition.headline)
            rows.append({**labels, "targets": targets, **chances, "chance_low": low, "chance_high": high})
    return pd.DataFrame(rows)


def status_table(study: Study) -> pd.DataFrame:
    """All targets of the plan by scenario: simulated, checked against the lever, not modelled yet, or outside.

    Returns
    -------
    ``value`` is the median in the target's year where it is simulated and the lever's level where it is checked;
    ``base_2020`` is the same for 2020; ``gap`` is the value less the target; ``chance`` and its 95 % Wilson interval
    are there for the simulated ones alone; ``met`` says whether the value meets the target, and is empty where
    nothing can be said: then ``note`` gives the reason.
    """
    import pandas as pd  # noqa: PLC0415

    settings = {(row.scenario_id, row.target_id): row.value for row in study.definition.settings}
    simulated = {(row.indicator, row.definition) for row in study.definition.indicators}
    rows = []
    for target in study.definition.targets:
        values: dict[str, NDArray[np.float64]] = {}
        if target.kind == "outcome" and target.indicator in {indicator for indicator, _ in simulated}:
            definitions = {
                study.definition.reported_definition(e.scenario_id, target) for e in study.definition.scenarios
            }
            by_definition = {
                definition: yearly(study, target.indicator, definition) for definition in sorted(definitions)
            }
            for entry in study.definition.scenarios:
                definition = study.definition.reported_definition(entry.scenario_id, target)
                if entry.scenario_id in by_definition[definition]:
                    values[entry.scenario_id] = by_definition[definition][entry.scenario_id]
        for entry in study.definition.scenarios:
            setting = settings.get((entry.scenario_id, target.target_id))
            rows.append(_status_row(study, target, entry, values.get(entry.scenario_id), setting))
    return pd.DataFrame(rows)


def _met(study: Study, entry: ScenarioEntry, target: Target) -> NDArray[np.bool_]:
    definition = study.definition.reported_definition(entry.scenario_id, target)
    quarter = quarter_of(study.definition.year_of(target))
    rows = study.indicators(
        indicator=target.indicator, definition=definition, quarter=quarter, scenario=entry.scenario_id
    )
    return np.array([target.met_by(float(value)) for value in rows["value"]], dtype=np.bool_)


def _target_row(
    study: Study, entry: ScenarioEntry, what: tuple[Target, str], values: NDArray[np.float64]
) -> dict[str, Any]:
    target, definition = what
    info = study.definition.info(target.indicator, definition)
    year = study.definition.year_of(target)
    final, base = band(values[:, year - BASE_YEAR]), band(values[:, 0])
    met = int(sum(target.met_by(float(value)) for value in values[:, year - BASE_YEAR]))
    low, high = wilson(met, len(values))
    attained, never = first_year(target, values)
    return {
        "scenario": entry.scenario_id,
        "scenario_zh": entry.label_zh,
        "scenario_en": entry.label_en,
        "target": target.target_id,
        "target_zh": target.name_zh,
        "target_en": target.name_en,
        "definition": definition,
        "definition_zh": info.definition_zh,
        "definition_en": info.definition_en,
        "reported_first": definition == study.definition.reported_definition(entry.scenario_id, target),
        "unit": target.unit,
        "relation": target.relation,
        "target_value": target.value,
        "year": year,
        "members": len(values),
        "base_p05": base["p05"],
        "base_p50": base["p50"],
        "base_p95": base["p95"],
        "p05": final["p05"],
        "p50": final["p50"],
        "p95": final["p95"],
        "gap": final["p50"] - target.value,
        "met": met,
        "chance": met / len(values),
        "chance_low": low,
        "chance_high": high,
        "first_year": "" if math.isinf(attained) else str(int(attained)),
        "share_never": never,
    }


def _status_row(
    study: Study,
    target: Target,
    entry: ScenarioEntry,
    values: NDArray[np.float64] | None,
    setting: float | None,
) -> dict[str, Any]:
    year, value, base = study.definition.year_of(target), math.nan, math.nan
    chance, low, high, definition = math.nan, math.nan, math.nan, ""
    if target.kind == "outside":
        status = OUTSIDE
    elif values is not None:
        status, final = SIMULATED, values[:, year - BASE_YEAR]
        definition = study.definition.reported_definition(entry.scenario_id, target)
        value, base = float(np.median(final)), float(np.median(values[:, 0]))
        met = sum(target.met_by(float(each)) for each in final)
        chance, (low, high) = met / len(final), wilson(met, len(final))
    elif target.kind == "lever_setting" and setting is not None:
        status, value = CHECKED, setting
        base = 0.0 if target.lever_change else entry.intensities.get(target.lever, (math.nan,))[0]
    else:
        status = NOT_MODELLED
    return {
        "target": target.target_id,
        "target_zh": target.name_zh,
        "target_en": target.name_en,
        "scenario": entry.scenario_id,
        "kind": target.kind,
        "role": target.role,
        "unit": target.unit,
        "relation": target.relation,
        "target_value": target.value,
        "year": year,
        "status": status,
        "definition": definition,
        "base_2020": base,
        "base_2020_note": target.base_note,
        "value": value,
        "gap": value - target.value,
        "chance": chance,
        "chance_low": low,
        "chance_high": high,
        "met": "" if math.isnan(value) else ("yes" if target.met_by(value) else "no"),
        "plan_section": target.plan_section,
        "note": target.note,
        "note_zh": target.note_zh,
    }
