"""What the emulator says of a setting: chances, values, cost, and what each moved lever adds."""

from __future__ import annotations

import functools
import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.lever_emulator import Predicted
from model.lever_settings import LeverSettings
from model.lever_training import ALL_PAYERS, DISTRICT
from model.statistics import wilson_share
from model.targets import Target, headline
from outputs.intervals import QUANTILES
from outputs.page.setting import Choices, Setting, within

FloatArray = NDArray[np.float64]
BILLION = 1e9
_STEPS = 41
"""Points of a normal distribution in place of it, when quantiles of values are taken."""


@dataclass(frozen=True)
class Figure:
    """A number, the emulator's error (root mean square, cross-validated) and, for a chance, 95 % bounds."""

    value: float
    error: float
    low: float = float("nan")
    high: float = float("nan")


@dataclass(frozen=True)
class LeverGain:
    """What the emulator loses when one moved lever goes back to its level of 2020, the others standing."""

    lever_id: str
    chance: float
    """Of all targets, in shares."""
    cost: float
    """All payers, bn yuan."""


@dataclass(frozen=True)
class Emulated:
    """The answer to a setting."""

    chances: tuple[Figure, ...]
    """Of each headline target, and of all at once last."""
    values: tuple[Figure, ...]
    """Mean of each headline target's indicator, in the unit of the target."""
    bands: tuple[dict[str, float], ...]
    """Quantiles of each over members at large, ``p05`` to ``p95``."""
    gaps: tuple[float, ...]
    """Median less target value."""
    binding: int
    """Row of the target with the lowest chance."""
    cost: Figure
    """Beyond the policy of 2020, to the last year, bn yuan, all payers."""
    district: Figure
    """Of it, the district's."""
    gains: tuple[LeverGain, ...]
    """By what a lever adds to the chance, greatest first."""
    seconds: float
    """The answer took."""


@dataclass(frozen=True, eq=False)
class Emulation:
    """Answers of an emulator, and what is known of the policy of 2020 from true runs."""

    settings: LeverSettings

    @functools.cached_property
    def targets(self) -> tuple[Target, ...]:
        """Headline targets, in the order of the chances."""
        return tuple(headline(self.settings.targets))

    @functools.cached_property
    def study_id(self) -> str:
        """Of the training study; to hash its hundred paths takes longer than all else of a page."""
        return self.settings.study.study_id

    @functools.cached_property
    def choices(self) -> Choices:
        """What can be set, as far as the emulator has learnt it."""
        return Choices(within(self.settings.levers, self.settings.lowest.tolist()), tuple(self.settings.years))

    @property
    def n_base(self) -> int:
        """Members under the policy of 2020 from which levels are taken."""
        return len(self.settings.known.outcomes[0].base)

    @property
    def last_year(self) -> int:
        """That was run."""
        return self.settings.study.definition.to_year

    def answer(self, setting: Setting) -> Emulated:
        """Answer a setting; in the first row all moved levers stand, in each other row one of them does not."""
        start = time.perf_counter()
        levers = self.choices.levers
        moved = [place for place, lever in enumerate(levers) if lever.lever_id in setting.lifts]
        rows = np.tile(self.choices.vector(setting), (1 + len(moved), 1))
        for row, place in enumerate(moved, start=1):
            rows[row, [place, 2 * len(levers) + place]] = 0.0
        said = self.settings.emulator.predict(self.settings.intensities(rows))
        costs = self.settings.added_cost(said, ALL_PAYERS)
        chances = tuple(self._chance(said, row) for row in range(len(self.targets) + 1))
        gains = [
            LeverGain(
                levers[place].lever_id,
                float(said.chance[-1, 0] - said.chance[-1, row]),
                float(costs[0] - costs[row]),
            )
            for row, place in enumerate(moved, start=1)
        ]
        bands = tuple(self._band(said, row) for row in range(len(self.targets)))
        return Emulated(
            chances=chances,
            values=tuple(self._value(said, row) for row in range(len(self.targets))),
            bands=bands,
            gaps=tuple(band["p50"] - target.value for band, target in zip(bands, self.targets, strict=True)),
            binding=int(np.argmin([figure.value for figure in chances[:-1]])),
            cost=Figure(float(costs[0]), self._error("mean", ALL_PAYERS) / BILLION),
            district=Figure(
                float(self.settings.added_cost(said, DISTRICT)[0]), self._error("mean", DISTRICT) / BILLION
            ),
            gains=tuple(sorted(gains, key=lambda gain: -gain.chance)),
            seconds=time.perf_counter() - start,
        )

    def usual_chances(self) -> tuple[Figure, ...]:
        """Shares of the members that were run under the policy of 2020, with Wilson's bounds; no emulator, no error."""
        outcomes = self.settings.known.outcomes[: len(self.targets)]
        met = np.stack([outcome.base >= outcome.goal for outcome in outcomes])
        shares = [*(float(row.mean()) for row in met), float(met.all(axis=0).mean())]
        return tuple(Figure(share, 0.0, *wilson_share(share, self.n_base)) for share in shares)

    def _chance(self, said: Predicted, row: int) -> Figure:
        low, high = self.settings.chance_interval(said, row, 0)
        error = self._error("chance", self.settings.emulator.goals[row])
        return Figure(float(said.chance[row, 0]), error, low, high)

    def _value(self, said: Predicted, row: int) -> Figure:
        outcome = self.settings.known.outcomes[row]
        effect = said.effect(outcome.name, self.settings.known.outcomes)[0]
        return Figure(float(outcome.base.mean() + effect), self._error("mean", outcome.name))

    def _band(self, said: Predicted, row: int) -> dict[str, float]:
        """Quantiles of an outcome over members at large: levels of the many, effects of the few, as for chances."""
        from scipy.special import ndtri  # noqa: PLC0415 - seconds at start

        outcome = self.settings.known.outcomes[row]
        effects = said.mean[row, 0] - outcome.usual
        spread = np.sqrt(effects.var() + (said.sd[row, 0] ** 2).mean())
        normal = ndtri((np.arange(_STEPS) + 0.5) / _STEPS)
        values = (outcome.base[:, None] + effects.mean() + spread * normal).ravel()
        return dict(zip(QUANTILES, (float(cut) for cut in np.quantile(values, list(QUANTILES.values()))), strict=True))

    def _error(self, what: str, name: str) -> float:
        return float(self.settings.errors.get((what, name), {}).get("rmse", np.nan))


__all__ = ["BILLION", "Emulated", "Emulation", "Figure", "LeverGain"]
