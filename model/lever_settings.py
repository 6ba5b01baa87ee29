"""What a page may ask of lever settings: what an emulator says of them, and the paths and files that they make."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from model.lever_emulator import LeverEmulator, Predicted
from model.lever_training import Training
from model.policy import Lever, PolicyPath
from model.targets import Target
from model.wiring import Answer, Question

FloatArray = NDArray[np.float64]


class Named(NamedTuple):
    """Id and labels of a lever path."""

    scenario_id: str
    label_zh: str
    label_en: str


class LeverSettings(Protocol):
    """Settings of the levers that a district can choose, as an emulator knows them.

    A setting is (3 n_levers,): the strength of each of `levers`, from -1, its lower bound, over 0, its level of 2020,
    to 1, its upper bound; then its timing, from 0, all of it at the end of the first year, over 1/2, a straight line,
    to 1, all of it in the last; then its first step, a strength too, where it stands from the first year on until then.
    """

    @property
    def study(self) -> Answer:
        """What the emulator was trained on."""
        ...

    @property
    def anchor(self) -> Answer:
        """Many members under the policy of 2020."""
        ...

    @property
    def emulator(self) -> LeverEmulator:
        """It."""
        ...

    @property
    def known(self) -> Training:
        """What it was trained on."""
        ...

    @property
    def targets(self) -> tuple[Target, ...]:
        """All, the headline ones among them."""
        ...

    @property
    def errors(self) -> Mapping[tuple[str, str], Mapping[str, float]]:
        """Errors by cross-validation, as `model.lever_training.by_outcome`."""
        ...

    @property
    def levers(self) -> tuple[Lever, ...]:
        """That can be chosen."""
        ...

    @property
    def lowest(self) -> FloatArray:
        """(n_levers,) lowest level of each lever on any path of training; below it the emulator has learnt nothing."""
        ...

    @property
    def taken(self) -> Collection[str]:
        """Names of scenarios that the library has already."""
        ...

    @property
    def years(self) -> tuple[int, ...]:
        """At whose ends a lever's level is set."""
        ...

    @property
    def presets(self) -> Sequence[tuple[Named, FloatArray]]:
        """Scenarios of the library that a setting can say exactly, that of the policy of 2020 first."""
        ...

    def intensities(self, settings: FloatArray) -> FloatArray:
        """(n, n_all_levers, n_quarters + 1) of settings (n, 3 n_levers)."""
        ...

    def levels(self, setting: FloatArray) -> dict[str, dict[int, float]]:
        """Level at the end of each year, by lever; one that stays as in 2020 is left out."""
        ...

    def path(self, setting: FloatArray, named: Named) -> PolicyPath:
        """The path that the scenario file of the setting makes."""
        ...

    def file_text(self, setting: FloatArray, named: Named, notes: str) -> str:
        """Scenario file of a setting, read back by the project's own loader before it is given.

        Raises
        ------
        ScenarioError : the file would not make the path of the setting, such as for an empty label.
        """
        ...

    def file_path(self, content: bytes, name: str, language: str) -> PolicyPath:
        """The path of a scenario file that somebody hands over, to the last year that a file can name.

        Parameters
        ----------
        content, name : of the file, whose base may be of the library alone.
        language : ``zh`` or ``en``, of the error.

        Raises
        ------
        ScenarioError : every problem at once, as the project's own reader finds them.
        """
        ...

    def question(self, members: int, seed: int) -> Question:
        """How true runs of the policy of 2020 are made, with fresh members; other paths can stand in its runner.

        Raises
        ------
        StudyError : tables or the posterior are others than those of the training study.
        """
        ...

    def chance_interval(self, said: Predicted, row: int, place: int) -> tuple[float, float]:
        """95 % bounds of an emulated chance."""
        ...

    def added_cost(self, said: Predicted, payer: str) -> FloatArray:
        """(n,) emulated cost beyond that of the policy of 2020, bn yuan."""
        ...


__all__ = ["LeverSettings", "Named"]
