"""The verb `emulate`: what the emulator says of the lever settings of scenarios that were not run."""

from __future__ import annotations

import time
from argparse import Namespace
from dataclasses import dataclass

import numpy as np

from model.errors import ScenarioError, StudyError
from model.lever_emulator import ALL, LeverEmulator, interval
from model.lever_training import ALL_PAYERS, Training, error_table, headline, stored_emulator
from model.policy import PolicyPath
from model.targets import Target
from model.wiring import Answer, Wiring, code_version
from scenarios.learning import error_of
from scenarios.lever_space import is_levers_alone
from scenarios.levers import LEVERS
from scenarios.scenario import load
from scenarios.targets import load_targets

BILLION = 1e9


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

    def chance_interval(self, outcome: str, chance: float) -> tuple[float, float]:
        """95 % bounds of an emulated chance: few members, and the emulator's own error."""
        return interval(chance, self.n_members, error_of(self.errors, "chance", outcome))


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
        wiring.say(f"Study {study.path} was run with other code ({study.definition.versions.get('project')}).")
    emulator, known = stored_emulator(study, LEVERS, targets)
    return Trained(study, emulator, known, error_table(study), targets)


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
        f"{found.study.study_id}. The interval holds the sampling of those members and the emulator's error."
    )
    wiring.say(f"Answered in {1e3 * max(seconds):.0f} ms or less a scenario.")
    return 0


def answer_rows(found: Trained, path: PolicyPath) -> list[list[str]]:
    """Lines of a table: each headline target, all of them, and the added cost."""
    predicted = found.emulator.predict(path.intensity[None])
    rows = []
    for place, target in enumerate(headline(found.targets)):
        value = float(predicted.mean[place].mean())
        cells = [f"{value:,.4g} {target.unit}", f"{error_of(found.errors, 'mean', target.target_id):.2g}"]
        rows.append(
            [target.name_en, *cells, *_chance_cells(found, target.target_id, float(predicted.chance[place, 0]))]
        )
    rows.append(["All targets", "", "", *_chance_cells(found, ALL, float(predicted.chance[-1, 0]))])
    cost = added_cost(found, path.intensity[None], ALL_PAYERS)[0]
    error = error_of(found.errors, "mean", ALL_PAYERS)
    return [*rows, ["Added cost, all payers", f"{cost:,.2f} bn yuan", f"{error / BILLION:.2g}", "", "", ""]]


def added_cost(found: Trained, intensity: np.ndarray, payer: str) -> np.ndarray:
    """(n,) emulated cost beyond that of the policy of 2020, from 2021 to the last year, bn yuan."""
    place = [outcome.name for outcome in found.known.outcomes].index(payer)
    usual = found.known.intensity[found.known.reference][None]
    both = found.emulator.predict(np.concatenate([intensity, usual])).mean[place].mean(axis=1)
    return np.asarray((both[:-1] - both[-1]) / BILLION)


def _chance_cells(found: Trained, outcome: str, chance: float) -> list[str]:
    low, high = found.chance_interval(outcome, chance)
    error = error_of(found.errors, "chance", outcome)
    return [f"{chance:.0%}", f"{low:.0%} to {high:.0%}", f"{100 * error:.1f} points"]


__all__ = ["BILLION", "Trained", "added_cost", "answer_rows", "emulate", "trained"]
