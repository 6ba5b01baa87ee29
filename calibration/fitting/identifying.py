"""The verb `identify`: which values the evidence moved, and which conclusions hang on those that it did not."""

from __future__ import annotations

import csv
from argparse import Namespace
from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from calibration.commands import languages
from calibration.fitting.posterior import FOLDER, load_accepted
from calibration.inputs import Input, inputs
from model.errors import StudyError
from model.policy import QUARTERS_PER_YEAR, quarter_of
from model.targets import Target
from model.wiring import Answer, Supplement, Wiring

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

FIFTHS = 5
"""A value is low or high in the fifth of the members that drew it lowest or highest."""
SHOWN = 15
_LEVEL = 0.95
_HALF = 0.5


def identify(args: Namespace, wiring: Wiring) -> int:
    """Read a complete study, or run the one that the flags define, and write what its conclusions hang on."""
    as_project = Namespace(**vars(args) | {"verb": "project"})
    question = wiring.question(as_project)
    study = wiring.study(args) or wiring.answer(as_project, question)
    targets = [t for t in question.targets if t.kind == "outcome" and t.role == "headline" and t.indicator]
    status = status_table(inputs(), _posterior_of(study, args.posterior or FOLDER))
    open_inputs = [str(name) for name in status.loc[~status["moved"], "input"]]
    swings = swing_table(study, targets, open_inputs, inputs())
    orders = order_table(study, targets, open_inputs, inputs())
    about = {
        "verb": "identify",
        "level": _LEVEL,
        "fifths": FIFTHS,
        "posterior": str(status.attrs["posterior"]),
        "members": len(study.finished_members(study.definition.scenarios[0].scenario_id)),
    }
    tables = {"inputs": status, "chances": swings, "orders": orders}
    folder = wiring.add(
        study, Supplement("identifiability", about, tables, {"identifiability": "chances"}), languages(args)
    )
    _show(tables, wiring)
    wiring.show(str(folder))
    return 0


def _posterior_of(study: Answer, folder: Path) -> Path | None:
    """The folder of the posterior that the study drew from; None where it drew from the priors.

    Raises
    ------
    StudyError : it drew from a posterior that is not there.
    """
    said = study.definition.drawn_from.get("values", "priors")
    if said == "priors":
        return None
    accepted = load_accepted(folder)
    if accepted is None or accepted.label != said:
        raise StudyError(f"study {study.path}: drew from {said}, which is not the one in {folder}; give --posterior")
    return folder


def status_table(known: Mapping[str, Input], folder: Path | None) -> pd.DataFrame:
    """One row an input: status, whether the screen kept it and whether the evidence moved it.

    Parameters
    ----------
    folder : of the accepted posterior; None where nothing has moved.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    kept: dict[str, dict[str, str]] = {}
    if folder is not None:
        with (folder / "parameters.csv").open(encoding="utf-8-sig", newline="") as lines:
            kept = {row["input"]: row for row in csv.DictReader(lines)}
    rows = []
    for name, item in known.items():
        row: dict[str, object] = {"input": name, "zh": item.zh, "en": item.en, "kind": item.kind}
        row |= {"status": item.status, "unit": item.unit}
        row |= {f"prior_p{cut:02d}": item.quantile(cut / 100.0) / item.factor for cut in (5, 50, 95)}
        row |= {"kept_by_screen": name in kept, "moved": kept.get(name, {}).get("moved") == "True"}
        for column in ("posterior_p05", "posterior_p50", "posterior_p95", "shrinkage", "shift", "correlation"):
            row[column] = float(kept[name].get(column) or "nan") if name in kept else np.nan
        row["partner"] = kept.get(name, {}).get("partner", "")
        rows.append({**row, "source": item.source})
    table = pd.DataFrame(rows)
    table.attrs["posterior"] = "accepted" if kept else "none: values are drawn from the priors"
    return table


def swing_table(
    study: Answer, targets: Sequence[Target], names: Sequence[str], known: Mapping[str, Input]
) -> pd.DataFrame:
    """Chance of each target where a value is low and where it is high, scenario by scenario.

    Returns
    -------
    ``low`` and ``high`` are chances among the fifth of members with the lowest and highest value, each with its 95 %
    Wilson interval; ``flips`` says that one interval lies below one half and the other above; largest swings first.
    """
    import pandas as pd  # noqa: PLC0415

    rows = []
    for scenario in study.definition.scenarios:
        fifths = _fifths(study, scenario.scenario_id, names, known)
        for target in targets:
            met = np.array([target.met_by(value) for value in final_values(study, scenario.scenario_id, target)])
            for name, (low, high) in fifths.items():
                one, other = _chance(met[low]), _chance(met[high])
                flips = one[2] < _HALF < other[1] or other[2] < _HALF < one[1]
                rows.append(
                    {
                        "scenario": scenario.scenario_id,
                        "target": target.target_id,
                        "name_zh": target.name_zh,
                        "name_en": target.name_en,
                        "input": name,
                        "zh": known[name].zh,
                        "en": known[name].en,
                        "status": known[name].status,
                        "chance": float(met.mean()),
                        **dict(zip(("low", "low_from", "low_to"), one, strict=True)),
                        **dict(zip(("high", "high_from", "high_to"), other, strict=True)),
                        "flips": flips,
                    }
                )
    table = pd.DataFrame(rows)
    swing = (table["high"] - table["low"]).abs()
    order = table.assign(swing=swing).sort_values(
        ["flips", "swing", "input"], ascending=[False, False, True], kind="stable"
    )
    return order.reset_index(drop=True)


def order_table(
    study: Answer, targets: Sequence[Target], names: Sequence[str], known: Mapping[str, Input]
) -> pd.DataFrame:
    """Pairs of scenarios whose order by a target's indicator turns over between low and high values.

    Returns
    -------
    One row a pair, target and value that turns it: the mean paired difference, first less second, in both fifths with
    95 % intervals that lie on two sides of zero. Empty where no order turns.
    """
    import pandas as pd  # noqa: PLC0415

    columns = ["first", "second", "target", "input", "status", "low", "low_error", "high", "high_error"]
    rows = []
    for one, other in combinations([scenario.scenario_id for scenario in study.definition.scenarios], 2):
        if study.finished_members(one) != study.finished_members(other):
            continue  # a run failed in one of them, so members are not paired
        fifths = _fifths(study, one, names, known)
        for target in targets:
            apart = final_values(study, one, target) - final_values(study, other, target)
            for name, (low, high) in fifths.items():
                (a, a_error), (b, b_error) = _mean(apart[low]), _mean(apart[high])
                if a * b < 0.0 and abs(a) > a_error and abs(b) > b_error:
                    rows.append((one, other, target.target_id, name, known[name].status, a, a_error, b, b_error))
    return pd.DataFrame(rows, columns=columns)


def final_values(study: Answer, scenario: str, target: Target) -> FloatArray:
    """(n_members,) of a target's indicator in its year, or the last one simulated."""
    quarter = min(quarter_of(target.year), study.definition.n_quarters // QUARTERS_PER_YEAR * QUARTERS_PER_YEAR)
    rows = study.read(
        "indicators", scenario=scenario, indicator=target.indicator, definition=target.definition, quarter=quarter
    )
    return rows["value"].to_numpy(np.float64)


def _fifths(
    study: Answer, scenario: str, names: Sequence[str], known: Mapping[str, Input]
) -> dict[str, tuple[IntArray, IntArray]]:
    """Members with the lowest and the highest fifth of each value, as positions among the finished ones.

    What a run keeps of its draws is base and parameters, by bare name; of two that share one it keeps the parameter.
    """
    drawn = study.read("drawn", scenario=scenario)
    values = {str(name): rows["value"].to_numpy(np.float64) for name, rows in drawn.groupby("name", sort=False)}
    parameters = {item.short for item in known.values() if item.kind == "parameters"}
    found = {}
    for name in names:
        item = known[name]
        hidden = item.kind == "base" and item.short in parameters
        column = values.get(item.short)
        if item.kind == "outside" or hidden or column is None or np.ptp(column) == 0.0:
            continue
        order = np.argsort(column, kind="stable")
        n = max(len(order) // FIFTHS, 1)
        found[name] = (order[:n], order[-n:])
    return found


def _chance(met: NDArray[np.bool_]) -> tuple[float, float, float]:
    """Share, and its Wilson interval."""
    from scipy.stats import binomtest  # noqa: PLC0415 - seconds at start

    interval = binomtest(int(met.sum()), len(met)).proportion_ci(_LEVEL, "wilson")
    return float(met.mean()), float(interval.low), float(interval.high)


def _mean(values: FloatArray) -> tuple[float, float]:
    """Mean, and half the width of its 95 % interval by Student's t."""
    from scipy.stats import t  # noqa: PLC0415

    n = len(values)
    if n < 2:
        return float(values.mean()), float("inf")
    return float(values.mean()), float(t.ppf(0.5 + _LEVEL / 2.0, n - 1) * values.std(ddof=1) / np.sqrt(n))


def _show(tables: Mapping[str, pd.DataFrame], wiring: Wiring) -> None:
    status, chances, orders = tables["inputs"], tables["chances"], tables["orders"]
    moved = [str(name) for name in status.loc[status["moved"], "input"]]
    wiring.show(f"moved by the evidence: {len(moved)} of {len(status)} inputs: {', '.join(moved) or 'none'}")
    flips = chances[chances["flips"]]
    rows: Sequence[Mapping[Any, Any]] = (flips if len(flips) else chances.head(SHOWN)).to_dict("records")
    title = (
        "Chances that pass one half as an unmoved value runs over its range"
        if len(flips)
        else "No chance passes one half by an unmoved value; the largest swings"
    )
    wiring.grid(
        title,
        ["scenario", "target", "input", "status", "chance", "low fifth", "high fifth"],
        [
            [r["scenario"], r["target"], r["input"], r["status"], f"{r['chance']:.2f}",
             f"{r['low']:.2f} ({r['low_from']:.2f}-{r['low_to']:.2f})",
             f"{r['high']:.2f} ({r['high_from']:.2f}-{r['high_to']:.2f})"]
            for r in rows
        ],
    )  # fmt: skip
    wiring.show(f"orders of two scenarios that turn over: {len(orders)}" + ("; see orders.csv" if len(orders) else ""))
