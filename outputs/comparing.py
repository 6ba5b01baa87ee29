"""Scenarios side by side under shared luck: paired differences of values, costs and chances, year by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from model.errors import StudyError, near_match
from model.policy import BASE_YEAR
from model.targets import Target
from outputs.aggregates import years_of
from outputs.effects import EFFECT, NET_GAINS, FloatArray, Side, effect, matched, yearly_cost
from outputs.intervals import paired_chances
from outputs.summary import yearly

if TYPE_CHECKING:
    import pandas as pd

    from outputs.store import Study

COST = "added_cost"
"""In the table of differences: cost beyond the reference's, added up from 2021."""
PAYERS = ("all_payers", "district")
JOINT = "all_targets"
"""In the table of chances: all headline targets met by one member."""
MUST_AGREE = ("data_hash", "drawn_from", "seed", "versions", "members", "scale", "to_year", "targets")
"""What two studies must share for a difference between them to be policy alone."""


def disagreements(one: Study, other: Study) -> list[str]:
    """Name each thing, of those that must be the same, in which two studies differ; with both values."""
    mine, theirs = one.definition, other.definition
    lines = []
    for name in MUST_AGREE:
        first, second = getattr(mine, name), getattr(theirs, name)
        if name == "versions":
            keys = sorted(key for key in {*first, *second} if first.get(key) != second.get(key))
            lines += [f"version of {key}: {first.get(key)} and {second.get(key)}" for key in keys]
        elif name == "targets":
            values = [{target.target_id: (target.value, target.year) for target in side} for side in (first, second)]
            differing = sorted(key for key in {*values[0], *values[1]} if values[0].get(key) != values[1].get(key))
            lines += [f"target {key}: {values[0].get(key)} and {values[1].get(key)}" for key in differing]
        elif first != second:
            lines.append(f"{name}: {first} and {second}")
    return lines


@dataclass(frozen=True)
class Comparison:
    """What is compared with what."""

    pairs: tuple[tuple[Side, Side], ...]
    """Reference and other."""
    differs: tuple[str, ...] = ()
    """What the studies do not share, where they are compared all the same."""

    @property
    def study(self) -> Study:
        """The study of the references, whose targets are judged by."""
        return self.pairs[0][0].study

    @property
    def studies(self) -> dict[Path, Study]:
        """Every study that takes part, by its folder."""
        return {side.study.path: side.study for pair in self.pairs for side in pair}

    @cached_property
    def years(self) -> range:
        """Years that all studies hold, after the base year."""
        last = min(years_of(side.study)[-1] for pair in self.pairs for side in pair)
        return range(BASE_YEAR + 1, last + 1)


def choose(study: Study, other: Study | None, against: str | None, *, anyway: bool) -> Comparison:
    """Decide what is compared: all scenarios with one of them, or those of a second study with it.

    Parameters
    ----------
    study : holds the reference.
    other : a second study; each of its scenarios is compared with the reference, and with its namesake in ``study``.
    against : id of the reference; the first scenario of ``study`` when None.
    anyway : compare studies that differ in what must be the same, and say so.

    Raises
    ------
    StudyError : the scenario is not there, nothing is left to compare, or the two studies differ.
    """
    ids = [entry.scenario_id for entry in study.definition.scenarios]
    if against is not None and against not in ids:
        raise StudyError(f"--against {against}: study {study.path} has no such scenario; {near_match(against, ids)}")
    reference = Side(study, against or ids[0])
    if other is None:
        pairs = [(reference, Side(study, name)) for name in ids if name != reference.scenario]
        if not pairs:
            raise StudyError(f"study {study.path}: one scenario alone; give --scenarios two, or a second study")
        return Comparison(tuple(pairs))
    lines = disagreements(study, other)
    if lines and not anyway:
        advice = "a difference would not be policy alone; run one of them again, or say --anyway"
        raise StudyError([f"{study.path} and {other.path}: {line}; {advice}" for line in lines])
    theirs = [entry.scenario_id for entry in other.definition.scenarios]
    pairs = [(reference, Side(other, name)) for name in theirs]
    pairs += [(Side(study, name), Side(other, name)) for name in theirs if name in ids and name != reference.scenario]
    return Comparison(tuple(pairs), tuple(lines))


def difference_table(comparison: Comparison) -> pd.DataFrame:
    """Differences of values and cost, year by year.

    Returns
    -------
    One row per pair of scenarios, indicator of a target (under every definition) or gain of the three cities, and
    year: ``mean`` of the paired difference with its 95 % interval (Student), quantiles over members and ``sign`` as in
    `effects.effect_table`. Indicator ``added_cost`` is what is paid beyond the reference from 2021 to the year, by all
    payers and by the district.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows = [
        {**labels, "year": year, "members": len(column), **effect(column)}
        for labels, differences in _differences(comparison)
        for year, column in zip(comparison.years, differences.T, strict=False)
    ]
    frame = pd.DataFrame(rows, columns=[*_LABELS, "indicator", "definition", "unit", "year", "members", *EFFECT])
    return frame.assign(differs="; ".join(comparison.differs))


def chance_table(comparison: Comparison) -> pd.DataFrame:
    """Differences of the chance that a target's value is attained, year by year.

    Returns
    -------
    One row per pair, target and definition (``all_targets``: all headline targets at once, each under its own
    definition) and year: both chances, members that attain it on one side only, the difference with its 95 % interval
    (Newcombe) and the p-value of McNemar's exact test.
    """
    import pandas as pd  # noqa: PLC0415

    rows: list[dict[str, Any]] = []
    joint: dict[tuple[Side, Side], list[tuple[Any, Any]]] = {}
    headline = comparison.study.definition.headline
    for target in outcomes(comparison.study):
        for definition in comparison.study.definition.definitions_of(target.indicator):
            for pair, usual, mine in _met(comparison, target, definition):
                rows += _chance_rows(comparison, pair, (target.target_id, definition), (usual, mine))
                if target in headline and definition == target.definition:
                    joint.setdefault(pair, []).append((usual, mine))
    for pair, sides in joint.items():
        usual, mine = (np.logical_and.reduce(side) for side in zip(*sides, strict=True))
        rows += _chance_rows(comparison, pair, (JOINT, ""), (usual, mine))
    return pd.DataFrame(rows).assign(differs="; ".join(comparison.differs))


_LABELS = ("reference_study", "reference", "study", "scenario")


def _labels(reference: Side, other: Side) -> dict[str, str]:
    values = (reference.study.study_id, reference.scenario, other.study.study_id, other.scenario)
    return dict(zip(_LABELS, values, strict=True))


def _differences(comparison: Comparison) -> Iterator[tuple[dict[str, str], FloatArray]]:
    """Labels and (n_both, n_years) differences of each pair and column."""
    studies = comparison.studies
    targets = {target.indicator for target in outcomes(comparison.study)}
    last = comparison.years[-1] - BASE_YEAR
    for info in comparison.study.definition.indicators:
        if info.indicator not in targets and (info.indicator, info.definition) not in NET_GAINS:
            continue
        values = {path: yearly(study, info.indicator, info.definition) for path, study in studies.items()}
        labels = {"indicator": info.indicator, "definition": info.definition, "unit": info.unit}
        for reference, other in comparison.pairs:
            found = [values[side.study.path].get(side.scenario) for side in (reference, other)]
            if found[0] is not None and found[1] is not None:
                mine, usual = matched(reference, other)
                difference = found[1][mine, 1 : last + 1] - found[0][usual, 1 : last + 1]
                yield {**_labels(reference, other), **labels}, difference
    costs = {path: yearly_cost(study) for path, study in studies.items()}
    for reference, other in comparison.pairs:
        mine, usual = matched(reference, other)
        added = costs[other.study.path][other.scenario][mine, :last]
        added = (added - costs[reference.study.path][reference.scenario][usual, :last]).cumsum(axis=1)
        for place, payer in enumerate(PAYERS):
            labels = {"indicator": COST, "definition": payer, "unit": "yuan"}
            yield {**_labels(reference, other), **labels}, added[:, :, place]


def outcomes(study: Study) -> list[Target]:
    """Targets that are simulated, the headline ones first."""
    simulated = {info.indicator for info in study.definition.indicators}
    found = [target for target in study.definition.targets if target.kind == "outcome" and target.indicator]
    found = [target for target in found if target.indicator in simulated]
    return sorted(found, key=lambda target: target.role != "headline")


def _met(comparison: Comparison, target: Target, definition: str) -> Iterator[tuple[tuple[Side, Side], Any, Any]]:
    """Which members attain a target in which year, in the reference and in the other: each (n_both, n_years)."""
    last = comparison.years[-1] - BASE_YEAR
    values = {path: yearly(study, target.indicator, definition) for path, study in comparison.studies.items()}
    judge = np.vectorize(target.met_by, otypes=[bool])
    for reference, other in comparison.pairs:
        found = [values[side.study.path].get(side.scenario) for side in (reference, other)]
        if found[0] is not None and found[1] is not None:
            mine, usual = matched(reference, other)
            yield (reference, other), judge(found[0][usual, 1 : last + 1]), judge(found[1][mine, 1 : last + 1])


def _chance_rows(
    comparison: Comparison, pair: tuple[Side, Side], what: tuple[str, str], met: tuple[Any, Any]
) -> list[dict[str, Any]]:
    rows = []
    for place, year in enumerate(comparison.years):
        usual, mine = met[0][:, place], met[1][:, place]
        counts = [int(np.sum(mask)) for mask in (mine & ~usual, usual & ~mine, mine & usual)]
        n = len(mine)
        chances = {
            "chance_reference": float(usual.mean()) if n else np.nan,
            "chance": float(mine.mean()) if n else np.nan,
            "only_scenario": counts[0],
            "only_reference": counts[1],
        }
        labels = {**_labels(*pair), "target": what[0], "definition": what[1], "year": year, "members": n}
        rows.append({**labels, **chances, **paired_chances(counts[0], counts[1], counts[2], n)})
    return rows
