"""The verb `update`: reweighting a study, its folder of results, and what the screen says of them."""

from __future__ import annotations

import hashlib
import math
from argparse import Namespace
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from model.commands import languages
from model.errors import StudyError, near_match
from model.wiring import Likelihood, Supplement, Wiring
from outputs.language import percent
from outputs.store import Study
from outputs.updating import (
    ALL,
    FEWEST_EFFECTIVE,
    Weighted,
    band_table,
    chance_table,
    check_comparable,
    weight_table,
    weights_of,
)
from outputs.variance import refuse_design

if TYPE_CHECKING:
    import pandas as pd

Record = Mapping[Hashable, Any]


def update(args: Namespace, wiring: Wiring) -> int:
    """Reweight every scenario of a study; the tables and the chart go into its folder ``updates``.

    Raises
    ------
    StudyError : a study is not there or not complete, has no such scenario, or the two cannot be compared.
    DataError : the observations cannot be used.
    """
    study = _complete(args, args.study)
    other = _complete(args, args.policy_now_study) if args.policy_now_study else study
    check_comparable(study, other)
    if args.policy_now:
        _check_scenario(other, args.policy_now)
    told: dict[str, Likelihood] = {}
    scenarios = [_weighed(args, study, name, wiring, told) for name in _ids(study)]
    now = _weighed(args, other, args.policy_now, wiring, told) if args.policy_now else None
    every = [*scenarios, now] if now and other is not study else scenarios
    chances = chance_table(scenarios, now)
    tables = {"chances": chances, "bands": band_table(scenarios), "weights": weight_table(every)}
    content = args.observations.read_bytes()
    about = {
        "verb": "update",
        "observations": args.observations.name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "policy_now": args.policy_now or "",
        "policy_now_study": other.study_id if args.policy_now else "",
        "fewest_effective_members": FEWEST_EFFECTIVE,
    }
    key = hashlib.sha256(content + f"|{about['policy_now']}|{about['policy_now_study']}".encode()).hexdigest()[:8]
    supplement = Supplement(f"updates/{args.observations.stem}-{key}", about, tables, ["update"])
    folder = wiring.add(study, supplement, languages(args))
    _show(chances, wiring)
    for line in _notes(every, told, now):
        wiring.show(line)
    wiring.say(f"Update: {folder}")
    return 0


def _complete(args: Namespace, name: str) -> Study:
    """Open a complete study."""
    study = Study.open_whole(args.studies_dir / name)
    if not study.is_complete:
        raise StudyError(f"study {study.path}: not complete; repeat its command to resume: {study.record['command']}")
    refuse_design(study)
    return study


def _ids(study: Study) -> list[str]:
    return [entry.scenario_id for entry in study.definition.scenarios]


def _check_scenario(study: Study, scenario_id: str) -> None:
    """Refuse a scenario that the study does not hold."""
    if scenario_id not in _ids(study):
        message = f"--policy-now: study {study.path} has no scenario '{scenario_id}'"
        raise StudyError(f"{message}; {near_match(scenario_id, _ids(study))}")


def _weighed(args: Namespace, study: Study, scenario_id: str, wiring: Wiring, told: dict[str, Likelihood]) -> Weighted:
    """Weigh the members of a scenario, and keep what the likelihood has to say."""
    found = wiring.likelihood(args.observations, study, scenario_id)
    told[scenario_id if study.path.name == args.study else f"{study.path.name}/{scenario_id}"] = found
    return Weighted(study, scenario_id, weights_of(found.log))


def _show(chances: pd.DataFrame, wiring: Wiring) -> None:
    """Chances before and after, and the parts of the change."""
    header = ["scenario", "policy now", "target", "before", "after", "change", "of it data", "of it levers", "members"]
    rows = [
        [
            str(row["scenario"]),
            str(row["policy_now"]),
            "all targets" if row["target"] == ALL else str(row["target"]),
            _chance(row, "before"),
            "withheld" if row["withheld"] else _chance(row, "after"),
            _points(row["change"]),
            _points(row["data"]),
            _points(row["levers"]),
            f"{row['effective_members']:.0f} of {row['members']}",
        ]
        for row in chances.to_dict("records")
    ]
    wiring.grid(
        "Chance met, with 95 % Monte-Carlo interval; changes in points; members: effective of all", header, rows
    )


def _notes(scenarios: list[Weighted], told: dict[str, Likelihood], now: Weighted | None) -> list[str]:
    """Say what was used, what was not, what surprised, and where too few members are left."""
    first = next(iter(told.values()))
    lines = [f"{len(first.used)} observations weigh the members, as if their errors were independent."]
    lines += [f"Left out, because the model has no seasons: {name}" for name in first.left_out]
    lines += [f"May count twice, because the posterior rests on evidence of 2021: {name}" for name in first.of_the_fit]
    for name, found in told.items():
        lines += [f"Surprising under {name}, outside 99 % of the ensemble: {row}" for row in found.surprising]
    for of in scenarios:
        if of.has_collapsed:
            lines.append(
                f"{of.scenario_id}: the weights have collapsed: {of.effective:.1f} effective members of "
                f"{len(of.weights)}, fewer than {FEWEST_EFFECTIVE:.0f}. No chance is told from so few; run more "
                "members, or calibrate again with them. If the observations are surprising too, doubt the model first."
            )
    if now is None:
        lines.append(
            "Every scenario goes on as it was: all change is data. --policy-now names the levers as they stand."
        )
    return lines


def _chance(row: Record, name: str) -> str:
    low, high = 100 * row[f"{name}_low"], 100 * row[f"{name}_high"]
    return f"{percent(row[name])} [{low:.0f}-{high:.0f}]"


def _points(value: float) -> str:
    return "" if math.isnan(value) else f"{100 * value:+.1f}"
