"""The verb `emulate`: what the emulator says of the lever settings of scenarios that were not run."""

from __future__ import annotations

import math
import time
from argparse import Namespace
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.errors import ScenarioError, StudyError
from model.lever_chances import ALL, interval
from model.lever_emulator import LeverEmulator, Predicted
from model.lever_training import (
    ALL_PAYERS,
    Training,
    anchor_name,
    by_outcome,
    error_table,
    stored_emulator,
    unlike,
)
from model.lever_validation import cross_validate
from model.policy import PolicyPath
from model.targets import Target, headline
from model.wiring import Answer, Wiring, code_version
from scenarios.figures import BILLION, figure
from scenarios.learning import error_of
from scenarios.lever_space import is_levers_alone
from scenarios.levers import LEVERS
from scenarios.scenario import load
from scenarios.targets import load_targets

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trained:
    """An emulator with the study that it was trained on, its errors and the targets it is held against."""

    study: Answer
    emulator: LeverEmulator
    known: Training
    errors: dict[tuple[str, str], dict[str, float]]
    targets: tuple[Target, ...]

    @property
    def n_members(self) -> int:
        """Members of the training study."""
        return len(self.known.members)

    @property
    def n_base(self) -> int:
        """Members under the policy of 2020 from which levels are taken."""
        return len(self.known.outcomes[0].base)

    def chance_interval(self, said: Predicted, row: int, place: int) -> tuple[float, float]:
        """95 % bounds of an emulated chance: few members, and the emulator's own error."""
        error = error_of(self.errors, "chance", self.emulator.goals[row])
        return interval(float(said.chance[row, place]), self.n_base, error, float(said.reach[row, place]))

    def added_cost(self, said: Predicted, payer: str) -> FloatArray:
        """(n,) emulated cost beyond that of the policy of 2020, from 2021 to the last year, bn yuan."""
        return said.effect(payer, self.known.outcomes) / BILLION


def trained(args: Namespace, wiring: Wiring, targets: tuple[Target, ...]) -> Trained:
    """Open the training study that ``args.trained`` names, and make its emulator again.

    Raises
    ------
    StudyError : it is not there, not complete, or no emulator is stored in it.
    """
    study = wiring.study(Namespace(**vars(args) | {"study": args.trained}))
    if study is None:
        raise StudyError(f"study '{args.trained}': no complete study of that name; make it with `learn --study`")
    if study.definition.versions.get("project") != code_version():
        wiring.warn(f"Study {study.path} was run with other code ({study.definition.versions.get('project')}).")
    anchor = wiring.study(Namespace(**vars(args) | {"study": anchor_name(study)}))
    if anchor is None:
        raise StudyError(f"study '{anchor_name(study)}': not there, or not complete; run `learn` again")
    if differs := unlike(study, anchor):
        raise StudyError(
            f"study {anchor.path}: not of the same {', '.join(differs)} as {study.path}; run `learn` again"
        )
    emulator, known = stored_emulator(study, LEVERS, targets, anchor)
    return Trained(study, emulator, known, _errors(study, known, wiring), targets)


def _errors(study: Answer, known: Training, wiring: Wiring) -> dict[tuple[str, str], dict[str, float]]:
    """Errors by cross-validation at the target values asked for: those stored are of the values at training."""
    stored = error_table(study)
    then = {name: row.get("goal", math.nan) for (what, name), row in stored.items() if what == "chance" and name != ALL}
    now = {outcome.name: outcome.goal for outcome in known.outcomes if outcome.has_goal}
    if then.keys() == now.keys() and all(math.isclose(then[name], now[name], rel_tol=1e-6) for name in now):
        return stored
    wiring.warn("The emulator was tested on other target values; its errors are worked out anew.")
    return by_outcome(cross_validate(known.features, known.outcomes, known.intensity).table())


def emulate(args: Namespace, wiring: Wiring) -> int:
    """Answer each scenario: chances with intervals, values and cost with cross-validated errors."""
    found = trained(args, wiring, load_targets(None))
    paths = load(args.scenarios, found.study.definition.n_quarters)
    strange = [path.scenario_id for path in paths if not is_levers_alone(path)]
    if strange:
        raise ScenarioError(
            [
                f"scenario '{name}': it changes more than levers, which the emulator has not learnt; run it"
                for name in strange
            ]
        )
    seconds = []
    for path in paths:
        start = time.perf_counter()
        rows = answer_rows(found, path)
        seconds.append(time.perf_counter() - start)
        header = [
            "",
            "emulated",
            "error of the mean (cross-validated)",
            "chance met",
            "95 % interval",
            "error of the chance",
        ]
        wiring.grid(f"{path.label_en} ({path.scenario_id}), {found.study.definition.to_year}", header, rows)
        wiring.show("")
    wiring.show(
        f"Emulated, not run: trained on {len(found.known.path_ids)} lever paths x {found.n_members} members of study "
        f"{found.study.study_id}, levels of {found.n_base} members under the policy of 2020. An interval holds the "
        "sampling of both and the emulator's error."
    )
    wiring.say(f"Answered in {1e3 * max(seconds):.0f} ms or less a scenario.")
    return 0


def answer_rows(found: Trained, path: PolicyPath) -> list[list[str]]:
    """Lines of a table: each headline target, all of them, and the added cost."""
    said = found.emulator.predict(path.intensity[None])
    rows = []
    for row, target in enumerate(headline(found.targets)):
        outcome = found.known.outcomes[row]
        value = float(outcome.base.mean() + said.effect(outcome.name, found.known.outcomes)[0])
        error = error_of(found.errors, "mean", outcome.name)
        cells = [figure(value, target.unit), figure(error, target.unit, 2)]
        rows.append([target.name_en, *cells, *_chance_cells(found, said, row)])
    rows.append(["All targets", "", "", *_chance_cells(found, said, len(found.emulator.goals) - 1)])
    cost, error = found.added_cost(said, ALL_PAYERS)[0], error_of(found.errors, "mean", ALL_PAYERS)
    return [*rows, ["Added cost, all payers", figure(cost * BILLION, "yuan"), figure(error, "yuan", 2), "", "", ""]]


def _chance_cells(found: Trained, said: Predicted, row: int) -> list[str]:
    low, high = found.chance_interval(said, row, 0)
    error = error_of(found.errors, "chance", found.emulator.goals[row])
    return [f"{said.chance[row, 0]:.0%}", f"{low:.0%} to {high:.0%}", f"{100 * error:.1f} points"]


__all__ = ["ALL", "FloatArray", "Trained", "answer_rows", "emulate", "trained"]
