"""Designs of runs: which member has which value of each factor, with whose luck and which levers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model import morris
from model.factors import LEVER, LUCK, Factor
from model.points import Points
from model.policy import PolicyPath
from model.policy_points import PolicyPoints
from model.streams import key

FloatArray = NDArray[np.float64]
MORRIS, SOBOL, GRID = "morris", "sobol", "grid"
_EDGE = 1e-4
"""At the very edge of the unit cube many priors are endless."""
_LUCKS = 2**31
HELD = ("base", "parameters", "outside")
"""What the scenario holds at its central value: the design moves what is to move."""


@dataclass(frozen=True)
class Design:
    """Rows of shares, a column a factor, and the group of each column."""

    method: str
    factors: tuple[Factor, ...]
    groups: tuple[str, ...]
    """(n_factors,) name of the group of each column, those of a group side by side; with Morris each its own."""
    rows: FloatArray
    """(n_runs, n_factors) between 0 and 1."""

    @property
    def names(self) -> tuple[str, ...]:
        """Groups, in the order of the columns."""
        return tuple(dict.fromkeys(self.groups))

    @property
    def runs_a_row(self) -> int:
        """Runs of a trajectory, or of a row of the Sobol design."""
        return len(self.names) + (1 if self.method == MORRIS else 2)

    @property
    def moves_luck(self) -> bool:
        """Whether luck is a factor."""
        return any(factor.name == LUCK for factor in self.factors)

    def points(self) -> Points:
        """Values of the inputs, and the luck of each run.

        Without the factor luck all runs share one luck, for `held` switches chance off.
        """
        inputs = [place for place, factor in enumerate(self.factors) if factor.kind not in {"levers", "luck"}]
        values = np.empty((len(self.rows), len(inputs)))
        for column, place in enumerate(inputs):
            shares, back = np.unique(self.rows[:, place], return_inverse=True)
            values[:, column] = np.array([self.factors[place].quantile(float(share)) for share in shares])[back]
        return Points.of([self.factors[place].name for place in inputs], values, "value", lucks=self._lucks())

    def _lucks(self) -> tuple[int, ...]:
        shares = np.zeros(len(self.rows))
        for place, factor in enumerate(self.factors):
            if factor.name == LUCK:
                shares = self.rows[:, place]
        if self.method == MORRIS:
            level = np.searchsorted(np.unique(shares), shares)
            return tuple(int(x) for x in np.arange(len(shares)) // self.runs_a_row * morris.LEVELS + level)
        return tuple(int(share * _LUCKS) for share in shares)

    def policies(self, low: PolicyPath, high: PolicyPath) -> PolicyPoints | None:
        """Levers of each run, between two scenarios; None where no lever moves."""
        places = [place for place, factor in enumerate(self.factors) if factor.kind == "levers"]
        if not places:
            return None
        ids = [self.factors[place].name.removeprefix(LEVER) for place in places]
        return PolicyPoints.of(ids, self.rows[:, places], low, high)

    def held(self, path: PolicyPath) -> PolicyPath:
        """The scenario with everything at its centre that the design does not move."""
        return replace(path, switch_off=HELD if self.moves_luck else (*HELD, "chance"))


def morris_design(factors: Sequence[Factor], n_trajectories: int, seed: int) -> Design:
    """A screen: each step of a trajectory moves one factor between the 5 % and the 95 % quantile."""
    names = tuple(factor.name for factor in factors)
    rows = morris.trajectories(names, n_trajectories, _number(seed, MORRIS))
    return Design(MORRIS, tuple(factors), names, rows)


def sobol_design(groups: Mapping[str, Sequence[Factor]], n_rows: int, seed: int) -> Design:
    """Rows of runs A, A with one group of B after the other, B; a longer design begins with a shorter one.

    Saltelli et al. (2010), Comput. Phys. Commun. 181, on a scrambled Sobol sequence (Owen 2020), by SALib.
    """
    from SALib.sample import sobol  # noqa: PLC0415 - seconds at start

    pairs = [(group, factor) for group, mine in groups.items() for factor in mine]
    named = [group for group, _ in pairs]
    problem = {
        "num_vars": len(pairs),
        "names": [factor.name for _, factor in pairs],
        "groups": named,
        "bounds": [[0.0, 1.0]] * len(pairs),
    }
    rows = sobol.sample(problem, n_rows, calc_second_order=False, seed=_number(seed, SOBOL))
    return Design(SOBOL, tuple(factor for _, factor in pairs), tuple(named), np.clip(rows, _EDGE, 1.0 - _EDGE))


def _number(seed: int, stream: str) -> int:
    """Seed of a library's sampler, keyed by the study's seed and the method."""
    return int(key(seed, f"sensitivity:{stream}")) >> 33


__all__ = ["GRID", "MORRIS", "SOBOL", "Design", "morris_design", "sobol_design"]
