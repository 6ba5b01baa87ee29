"""Lever settings for a page that others draw: what the emulator says, the paths and the scenario files they make."""

from __future__ import annotations

import functools
import tempfile
from argparse import Namespace
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model.errors import ScenarioError, StudyError, UsageError
from model.lever_emulator import LeverEmulator, Predicted
from model.lever_features import chosen_rows
from model.lever_settings import Named
from model.lever_training import Training, anchor_name
from model.policy import Lever, PolicyPath, quarter_of
from model.targets import Target
from model.wiring import Answer, Question, Wiring
from scenarios import lever_space
from scenarios.emulating import Trained, trained
from scenarios.lever_space import CHOSEN, EVEN, N_INPUTS, YEARS
from scenarios.levers import LEVERS
from scenarios.scenario import load, load_content
from scenarios.schema import LAST_YEAR, Label, LeverSetting, Scenario
from scenarios.shelf import library_files
from scenarios.targets import load_targets
from scenarios.writing import scenario_text

FloatArray = NDArray[np.float64]
REFERENCE = "baseline"
_NEAR = 1e-3
"""Share of a lever's range by which a setting may miss a path of the library: levels are rounded to four digits."""


@dataclass(frozen=True, eq=False)
class Settings:
    """The `LeverSettings` of a training study."""

    found: Trained
    anchor: Answer
    args: Namespace
    wiring: Wiring

    @property
    def study(self) -> Answer:
        """What the emulator was trained on."""
        return self.found.study

    @property
    def emulator(self) -> LeverEmulator:
        """It."""
        return self.found.emulator

    @property
    def known(self) -> Training:
        """What it was trained on."""
        return self.found.known

    @property
    def targets(self) -> tuple[Target, ...]:
        """All of them."""
        return self.found.targets

    @property
    def errors(self) -> Mapping[tuple[str, str], Mapping[str, float]]:
        """Errors by cross-validation."""
        return self.found.errors

    @property
    def levers(self) -> tuple[Lever, ...]:
        """That can be chosen."""
        return CHOSEN

    @functools.cached_property
    def lowest(self) -> FloatArray:
        """The lowest level of each lever on any path of training."""
        return np.asarray(self.known.intensity[:, chosen_rows(LEVERS)].min(axis=(0, 2)))

    @property
    def taken(self) -> Collection[str]:
        """Names of the library."""
        return library_files()

    @property
    def years(self) -> tuple[int, ...]:
        """At whose ends a lever's level is set."""
        return YEARS

    @property
    def n_quarters(self) -> int:
        """Simulated after 2020 Q4."""
        return self.study.definition.n_quarters

    @functools.cached_property
    def presets(self) -> Sequence[tuple[Named, FloatArray]]:
        """Scenarios of the library that a setting says exactly."""
        found, whole = [], quarter_of(YEARS[-1])
        for path in lever_space.library_paths(whole):
            setting = _as_setting(path)
            gap = np.abs(lever_space.intensities(setting[None], whole)[0] - path.intensity)
            span = np.array([lever.bounds[1] - lever.bounds[0] for lever in path.levers])[:, None]
            if (gap <= _NEAR * span).all():
                found.append((Named(path.scenario_id, path.label_zh, path.label_en), setting))
        return tuple(found)

    def intensities(self, settings: FloatArray) -> FloatArray:
        """(n, n_all_levers, n_quarters + 1) of settings."""
        return lever_space.intensities(settings, self.n_quarters)

    def levels(self, setting: FloatArray) -> dict[str, dict[int, float]]:
        """Level at the end of each year, by lever."""
        return lever_space.levels(setting)

    def path(self, setting: FloatArray, named: Named) -> PolicyPath:
        """The path that the scenario file of the setting makes."""
        return lever_space.path_of(self.levels(setting), lever_space.Named(*named), self.n_quarters)

    def file_text(self, setting: FloatArray, named: Named, notes: str) -> str:
        """Scenario file of a setting, read back by the loader before it is given."""
        if not (named.label_zh.strip() and named.label_en.strip()):
            raise ScenarioError("label: must not be empty; give the scenario a name")
        if named.scenario_id in library_files():
            raise ScenarioError(f"the library has a scenario '{named.scenario_id}' already; give another name")
        content = Scenario(
            label=Label(zh=named.label_zh, en=named.label_en),
            base=REFERENCE,
            levers={lever_id: LeverSetting(by_year=levels) for lever_id, levels in self.levels(setting).items()},
        )
        text = scenario_text(content, notes)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{named.scenario_id}.yaml"
            file.write_text(text, encoding="utf-8")
            (path,) = load([str(file)], self.n_quarters)
        if not np.array_equal(path.intensity, self.path(setting, named).intensity):
            raise ScenarioError(f"scenario '{named.scenario_id}': its file makes another path; this is a defect")
        return text

    def file_path(self, content: bytes, name: str, language: str) -> PolicyPath:
        """The path of a scenario file that somebody hands over, to the last year that a file can name."""
        return load_content(content, name, quarter_of(LAST_YEAR), language)

    def question(self, members: int, seed: int) -> Question:
        """How true runs of the policy of 2020 are made, with fresh members."""
        there = self.study.definition
        if seed == there.seed:
            raise UsageError(f"--seed: {seed} gives the members of training; fresh ones need another")
        said = {
            "members": members,
            "seed": seed,
            "scale": there.scale,
            "to": there.to_year,
            "prior": there.drawn_from.get("values") == "priors",
            "check": False,
        }
        question = self.wiring.question(Namespace(**vars(self.args) | said), [self.path(np.zeros(N_INPUTS), _USUAL)])
        if there.data_hash != question.data_hash or dict(there.drawn_from) != dict(question.drawn_from):
            raise StudyError(
                f"study {self.study.path}: trained on other data or another posterior ({there.data_hash[:12]}, "
                f"{there.drawn_from.get('values')}) than now ({question.data_hash[:12]}, "
                f"{question.drawn_from.get('values')}); run `learn` again"
            )
        return question

    def chance_interval(self, said: Predicted, row: int, place: int) -> tuple[float, float]:
        """95 % bounds of an emulated chance."""
        return self.found.chance_interval(said, row, place)

    def added_cost(self, said: Predicted, payer: str) -> FloatArray:
        """(n,) emulated cost beyond that of the policy of 2020, bn yuan."""
        return self.found.added_cost(said, payer)


_USUAL = Named(REFERENCE, "维持2020年政策", "Policy of 2020 carried on")


def lever_settings(args: Namespace, wiring: Wiring) -> Settings:
    """Open the study of `learn` that ``args.trained`` names.

    Raises
    ------
    StudyError : it is not there, not complete, or another verb made it.
    """
    study = wiring.study(Namespace(**vars(args) | {"study": args.trained}))
    how = f"make one with `python3 run.py learn --study {'levers' if study else args.trained}`"
    if study is None:
        raise StudyError(f"study '{args.trained}': no complete study of that name in {args.studies_dir}; {how}")
    if study.definition.verb != "learn":
        verb = study.definition.verb
        raise StudyError(f"study '{args.trained}': `{verb}` made it, and it holds no emulator of levers; {how}")
    found = trained(args, wiring, load_targets(args.targets))
    anchor = wiring.study(Namespace(**vars(args) | {"study": anchor_name(study)}))
    if anchor is None:
        raise StudyError(f"study '{anchor_name(study)}': not there, or not complete; run `learn` again")
    return Settings(found, anchor, args, wiring)


def _as_setting(path: PolicyPath) -> FloatArray:
    """Strengths of a path's last levels, by straight lines without a first step."""
    rows = [path.levers.index(lever) for lever in CHOSEN]
    base = np.array([lever.baseline for lever in CHOSEN])
    change = path.intensity[rows, -1] - base
    up, down = (np.abs(np.array([lever.bounds[side] for lever in CHOSEN]) - base) for side in (1, 0))
    strength = np.divide(change, np.where(change > 0.0, up, down), out=np.zeros_like(change), where=change != 0.0)
    return np.concatenate([strength, np.full(len(CHOSEN), EVEN), np.zeros(len(CHOSEN))])


__all__ = ["Settings", "lever_settings"]
