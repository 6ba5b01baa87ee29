"""The frontier of cost against chance over lever settings, by a genetic search on a fast stand-in for the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Objective = Callable[[FloatArray], tuple[FloatArray, FloatArray]]
"""Settings (n, n_inputs) -> added cost (n,), and chances (n_chances, n), the last row of all targets at once."""
SEARCHES = 4
"""For a frontier: for the likeliest setting and then for all of it, each among rising paths and then among all."""
_OFF, _FULL = 0.25, 0.9
"""Below the first, sign aside, a gene leaves its lever at 2020, above the second at its bound: the ends are found, not
neared."""
_LEAST_GAIN = 1e-3
"""A lever is dropped if the chance loses less."""


@dataclass(frozen=True)
class Effort:
    """How long is searched, and from where."""

    population: int
    generations: int
    seed: int
    budget: float | None = None
    """Cap of the added cost."""
    cuts: bool = False
    """Whether levers may go below their level of 2020."""


@dataclass(frozen=True, eq=False)
class Frontier:
    """Settings of which none is both cheaper and likelier to meet all targets than another, cheapest first."""

    settings: FloatArray
    """(n, n_inputs)"""
    cost: FloatArray
    chances: FloatArray
    """(n_chances, n)"""

    def cheapest(self, chance: float) -> int | None:
        """Place of the cheapest setting whose chance of all targets is at least ``chance``; None if there is none."""
        able = np.flatnonzero(self.chances[-1] >= chance)
        return int(able[0]) if able.size else None


def seek_frontier(objective: Objective, n_levers: int, effort: Effort) -> Frontier:
    """Seek the frontier; the same arguments give the same one.

    Parameters
    ----------
    objective : of settings of ``3 n_levers`` inputs: strengths, timings and first steps; strengths and steps run
        from -1 to 1, without cuts from 0, timings from 0 to 1.

    Notes
    -----
    NSGA-II (Deb et al. 2002, IEEE Trans. Evol. Comput. 6) by pymoo, twice: among paths that only rise and have no first
    step, begun at the policy of 2020, at each lever alone, at all of them, at the likeliest setting that a search for
    the chance alone finds, and at random; then among all paths, begun at what that found. Then levers, and first
    steps, that hardly add to the chance are dropped from each setting found.
    """
    from pymoo.algorithms.moo.nsga2 import NSGA2  # noqa: PLC0415 - seconds at start

    told, top = (lambda cost, chances: [cost, -chances[-1]]), seek_best(objective, n_levers, -1, effort)
    settings = np.vstack([np.zeros(3 * n_levers), top])
    for space in (Space(n_levers), Space(n_levers, steps=True, cuts=effort.cuts)):
        algorithm = NSGA2(pop_size=effort.population, sampling=space.first(effort, settings[1:]))
        found = space.decoded(_search(algorithm, _problem(objective, space, effort.budget, told, 2), effort))
        settings = np.vstack([settings, found])
    return _best(_pruned(settings, objective), objective, effort.budget)


def seek_best(objective: Objective, n_levers: int, row: int, effort: Effort) -> FloatArray:
    """Seek the setting (3 n_levers,) with the greatest chance in a row of chances, whatever it costs below the cap."""
    from pymoo.algorithms.soo.nonconvex.ga import GA  # noqa: PLC0415 - seconds at start

    best = np.zeros((0, 3 * n_levers))
    for space in (Space(n_levers), Space(n_levers, steps=True, cuts=effort.cuts)):
        problem = _problem(objective, space, effort.budget, lambda _, chances: [-chances[row]], 1)
        algorithm = GA(pop_size=effort.population, sampling=space.first(effort, best))
        best = space.decoded(_search(algorithm, problem, effort))[:1]
    return np.asarray(best[0])


@dataclass(frozen=True)
class Space:
    """The settings that are searched, as genes: strengths and timings, and first steps where there are steps."""

    n_levers: int
    steps: bool = False
    cuts: bool = False

    @property
    def bounds(self) -> tuple[FloatArray, FloatArray]:
        """Lowest and highest value of each gene."""
        low = np.repeat([-float(self.cuts), 0.0, -float(self.cuts)], self.n_levers)[: self._n_genes]
        return low, np.ones(self._n_genes)

    @property
    def _n_genes(self) -> int:
        return (3 if self.steps else 2) * self.n_levers

    def first(self, effort: Effort, known: FloatArray) -> FloatArray:
        """First population, as genes: settings that are known, the ends of the space, and random ones."""
        n = self.n_levers
        ends = [np.zeros(3 * n), *(np.repeat([1.0, timing, 0.0], n) for timing in (0.0, 0.5))]
        alone = np.hstack([np.eye(n), np.zeros((n, 2 * n))])
        down = [-alone, np.repeat([[-1.0, 0.0, 0.0]], n, axis=1)] if self.cuts else []
        genes = np.vstack([self._genes(setting) for setting in (*known, *ends, *alone, *(s for d in down for s in d))])
        low, high = self.bounds
        genes = np.clip(genes, low, high)  # what is known may come from a wider space
        random = low + (high - low) * np.random.default_rng(effort.seed).random((effort.population, self._n_genes))
        # A quarter of the first population is random, however much is known.
        return np.vstack([genes[: effort.population - effort.population // 4], random])[: effort.population]

    def decoded(self, genes: FloatArray) -> FloatArray:
        """Settings (n, 3 n_levers) of genes."""
        whole = np.zeros((len(np.atleast_2d(genes)), 3 * self.n_levers))
        whole[:, : self._n_genes] = genes
        strength, timing, first = np.split(whole, 3, axis=1)
        return np.hstack([_share(strength), timing, _share(first)])

    def _genes(self, setting: FloatArray) -> FloatArray:
        """The genes that are decoded to a setting (3 n_levers,)."""
        strength, timing, first = (np.asarray(part) for part in np.split(setting, 3))
        share = [np.sign(each) * (_OFF + np.abs(each) * (_FULL - _OFF)) for each in (strength, first)]
        return np.concatenate([share[0], timing, share[1]])[: self._n_genes]


def _share(genes: FloatArray) -> FloatArray:
    """Strengths of genes."""
    return np.asarray(np.sign(genes) * np.clip((np.abs(genes) - _OFF) / (_FULL - _OFF), 0.0, 1.0))


def spread(frontier: Frontier, n: int, wanted: float) -> list[int]:
    """Places of at most ``n`` settings to be run: the cheapest with the chance wanted, the likeliest, others between.

    Notes
    -----
    The cheapest with at least each of evenly spaced chances; where the wanted one is reached, half of them lie between
    it and the top, for an emulator that is a little too hopeful there.
    """
    low, top = float(frontier.chances[-1].min()), float(frontier.chances[-1].max())
    asked = [top, *([wanted] if wanted <= top else [])]
    beyond = np.linspace(wanted, top, n // 2 + 1)[1:-1] if wanted <= top else np.array([])
    below = np.linspace(low, min(wanted, top), max(n - len(asked) - len(beyond), 0) + 2)[1:-1]
    places = [frontier.cheapest(chance) for chance in [*asked, *beyond, *below]]
    return sorted(dict.fromkeys(place for place in places[:n] if place is not None))


def _problem(
    objective: Objective,
    space: Space,
    budget: float | None,
    told: Callable[[FloatArray, FloatArray], list[FloatArray]],
    n_told: int,
) -> Any:  # noqa: ANN401 - pymoo ships no types
    from pymoo.core.problem import Problem  # noqa: PLC0415

    class LeverProblem(Problem):  # type: ignore[misc]
        """What is made small, over genes."""

        def _evaluate(self, genes: FloatArray, out: dict[str, Any], *_: Any, **__: Any) -> None:  # noqa: ANN401
            cost, chances = objective(space.decoded(genes))
            out["F"] = np.column_stack(told(cost, chances))
            if budget is not None:
                out["G"] = (cost - budget)[:, None]

    low, high = space.bounds
    return LeverProblem(n_var=len(low), n_obj=n_told, n_ieq_constr=int(budget is not None), xl=low, xu=high)


def _search(algorithm: Any, problem: Any, effort: Effort) -> FloatArray:  # noqa: ANN401
    """Genes (n, n_inputs) of the best found."""
    from pymoo.config import Config  # noqa: PLC0415
    from pymoo.optimize import minimize  # noqa: PLC0415

    Config.warnings["not_compiled"] = False
    result = minimize(problem, algorithm, ("n_gen", effort.generations), seed=effort.seed % 2**32, verbose=False)
    # Where nothing found keeps to the cap, the policy of 2020 does: it adds no cost.
    return np.atleast_2d(result.X) if result.X is not None else np.zeros((1, problem.n_var))


def _pruned(settings: FloatArray, objective: Objective) -> FloatArray:
    """Drop from each setting, one by one and the dearest first, what saves money and hardly lessens the chance.

    Levers as a whole, then first steps; a lever below its level of 2020 saves money where it is.
    """
    settings = settings.copy()
    n_levers = settings.shape[1] // 3
    strengths, steps = np.arange(n_levers), np.arange(n_levers) + 2 * n_levers
    for place in range(len(settings)):
        floor = objective(settings[place][None])[1][-1, 0] - _LEAST_GAIN
        for dropped in (np.column_stack([strengths, steps]), steps[:, None]):
            without = np.repeat(settings[place][None], n_levers, axis=0)
            without[strengths[:, None], dropped] = 0.0
            saved = objective(settings[place][None])[0][0] - objective(without)[0]
            for lever in np.argsort(-saved, kind="stable"):
                tried = settings[place].copy()
                tried[dropped[lever]] = 0.0
                if saved[lever] > 0.0 and objective(tried[None])[1][-1, 0] >= floor:
                    settings[place] = tried
    return settings


def _best(settings: FloatArray, objective: Objective, budget: float | None) -> Frontier:
    """Those that no other beats, within the cap, cheapest first."""
    cost, chances = objective(settings)
    order = np.lexsort((-chances[-1], cost))
    kept, best = [], -np.inf
    for place in order:
        if chances[-1, place] > best and (budget is None or cost[place] <= max(budget, 0.0) + 1e-9):
            kept.append(place)
            best = chances[-1, place]
    return Frontier(settings[kept], cost[kept], chances[:, kept])


__all__ = ["SEARCHES", "Effort", "Frontier", "Objective", "seek_best", "seek_frontier", "spread"]
