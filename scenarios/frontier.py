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
_OFF, _FULL = 0.25, 0.9
"""Below the first a gene leaves its lever at 2020, above the second at its bound: the ends are found, not neared."""
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
    objective : of settings of ``2 n_levers`` inputs in [0, 1], strengths then timings.

    Notes
    -----
    NSGA-II (Deb et al. 2002, IEEE Trans. Evol. Comput. 6) by pymoo, begun at the policy of 2020, at each lever alone,
    at all of them, at the likeliest setting that a search for the chance alone finds, and at random. Then levers that
    hardly add to the chance are dropped from each setting found.
    """
    from pymoo.algorithms.moo.nsga2 import NSGA2  # noqa: PLC0415 - seconds at start

    problem = _problem(objective, n_levers, effort.budget, lambda cost, chances: [cost, -chances[-1]], 2)
    top = seek_best(objective, n_levers, -1, effort)
    first = _first(n_levers, effort, top)
    found = _search(NSGA2(pop_size=effort.population, sampling=first), problem, effort)
    settings = np.vstack([np.zeros(2 * n_levers), top, _decoded(found)])
    return _best(_pruned(settings, objective), objective, effort.budget)


def seek_best(objective: Objective, n_levers: int, row: int, effort: Effort) -> FloatArray:
    """Seek the setting (2 n_levers,) with the greatest chance in a row of chances, whatever it costs below the cap."""
    from pymoo.algorithms.soo.nonconvex.ga import GA  # noqa: PLC0415 - seconds at start

    problem = _problem(objective, n_levers, effort.budget, lambda _, chances: [-chances[row]], 1)
    found = _search(GA(pop_size=effort.population, sampling=_first(n_levers, effort)), problem, effort)
    return np.asarray(_decoded(found)[0])


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


def _first(n_levers: int, effort: Effort, *known: FloatArray) -> FloatArray:
    """First population, as genes: settings that are known, the ends of the space, and random ones."""
    alone = np.hstack([np.eye(n_levers), np.zeros((n_levers, n_levers))])
    ends = [np.zeros(2 * n_levers), *(np.repeat([1.0, timing], n_levers) for timing in (0.0, 0.5))]
    random = np.random.default_rng(effort.seed).random((effort.population, 2 * n_levers))
    return np.vstack([*map(_gene, known), *ends, alone, random])[: effort.population]


def _gene(setting: FloatArray) -> FloatArray:
    """The gene that is decoded to a setting (2 n_levers,)."""
    strength, timing = np.split(setting, 2)
    return np.concatenate([np.where(strength > 0.0, _OFF + strength * (_FULL - _OFF), 0.0), timing])


def _decoded(genes: FloatArray) -> FloatArray:
    """Settings of genes (n, 2 n_levers)."""
    strength, timing = np.split(np.atleast_2d(genes), 2, axis=1)
    return np.hstack([np.clip((strength - _OFF) / (_FULL - _OFF), 0.0, 1.0), timing])


def _problem(
    objective: Objective,
    n_levers: int,
    budget: float | None,
    told: Callable[[FloatArray, FloatArray], list[FloatArray]],
    n_told: int,
) -> Any:  # noqa: ANN401 - pymoo ships no types
    from pymoo.core.problem import Problem  # noqa: PLC0415

    class LeverProblem(Problem):  # type: ignore[misc]
        """What is made small, over genes in the unit cube."""

        def _evaluate(self, genes: FloatArray, out: dict[str, Any], *_: Any, **__: Any) -> None:  # noqa: ANN401
            cost, chances = objective(_decoded(genes))
            out["F"] = np.column_stack(told(cost, chances))
            if budget is not None:
                out["G"] = (cost - budget)[:, None]

    capped = int(budget is not None)
    return LeverProblem(n_var=2 * n_levers, n_obj=n_told, n_ieq_constr=capped, xl=0.0, xu=1.0)


def _search(algorithm: Any, problem: Any, effort: Effort) -> FloatArray:  # noqa: ANN401
    """Genes (n, n_inputs) of the best found."""
    from pymoo.config import Config  # noqa: PLC0415
    from pymoo.optimize import minimize  # noqa: PLC0415

    Config.warnings["not_compiled"] = False
    result = minimize(problem, algorithm, ("n_gen", effort.generations), seed=effort.seed % 2**32, verbose=False)
    # Where nothing found keeps to the cap, the policy of 2020 does: it adds no cost.
    return np.atleast_2d(result.X) if result.X is not None else np.zeros((1, problem.n_var))


def _pruned(settings: FloatArray, objective: Objective) -> FloatArray:
    """Drop from each setting, one by one and the dearest first, the levers without which the chance is hardly less."""
    settings = settings.copy()
    n_levers = settings.shape[1] // 2
    for place, setting in enumerate(settings):
        cost, chances = objective(setting[None])
        floor = chances[-1, 0] - _LEAST_GAIN
        without = np.repeat(setting[None], n_levers, axis=0)
        without[np.arange(n_levers), np.arange(n_levers)] = 0.0
        saved = cost[0] - objective(without)[0]
        for lever in np.argsort(-saved, kind="stable"):
            if setting[lever] == 0.0 or saved[lever] <= 0.0:
                continue
            tried = settings[place].copy()
            tried[lever] = 0.0
            if objective(tried[None])[1][-1, 0] >= floor:
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


__all__ = ["Effort", "Frontier", "Objective", "seek_best", "seek_frontier", "spread"]
