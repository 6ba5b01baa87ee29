"""Inference: the likelihood of the facts by the emulator, history matching, and a sample of the posterior."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from calibration.fitting.designs import sobol_cube
from model.emulator import Emulator

FloatArray = NDArray[np.float64]

IMPLAUSIBLE = 3.0
"""Standard deviations beyond which a point is ruled out (three-sigma rule, Pukelsheim 1994, Am. Stat. 48(2))."""
WALKERS_PER_INPUT = 4
_LONG = 100
"""Steps from which the autocorrelation can be told."""
_EDGE = 1e-9
PRIOR_POINTS = 4096


@dataclass(frozen=True, eq=False)
class Likelihood:
    """Gaussian likelihood of what was observed, its variance that of facts, luck and emulator together."""

    emulator: Emulator
    observed: FloatArray
    """(n_facts,) of the first outputs of the emulator."""
    errors: FloatArray
    """(n_facts,) standard errors, weights in them."""
    luck: FloatArray
    """(n_facts, n_facts) covariance between runs of one point: luck, and all that is drawn beside the design."""
    replicates: int
    """Runs a point: what they share of luck is known to one part in so many."""

    @property
    def fixed_covariance(self) -> FloatArray:
        """(n_facts, n_facts) of facts and luck."""
        return np.diag(self.errors**2) + self.luck * (1.0 + 1.0 / self.replicates)

    def predict(self, cube: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Mean and standard deviation of the emulator for the facts, (n, n_facts) each."""
        return self.emulator.predict(cube, len(self.observed))

    def log_density(self, cube: FloatArray, observed: FloatArray | None = None) -> FloatArray:
        """(n,) log likelihood of points; minus infinity outside the unit cube, where the prior ends."""
        found = np.full(len(cube), -np.inf)
        inside = ((cube > 0.0) & (cube < 1.0)).all(axis=1)
        if inside.any():
            found[inside] = self.log_gauss(*self.predict(cube[inside]), observed)
        return found

    def log_gauss(self, mean: FloatArray, sd: FloatArray, observed: FloatArray | None = None) -> FloatArray:
        """(n,) log density of the observed under predictions with their error."""
        wanted = self.observed if observed is None else observed
        covariance = self.fixed_covariance[None] + sd[:, :, None] ** 2 * np.eye(len(wanted))[None]
        factor = np.linalg.cholesky(covariance)
        z = np.linalg.solve(factor, (wanted - mean)[:, :, None])[:, :, 0]
        log_root = np.log(np.diagonal(factor, axis1=1, axis2=2)).sum(axis=1)
        density: FloatArray = -0.5 * (z**2).sum(axis=1) - log_root
        return density

    def implausibility(self, cube: FloatArray) -> FloatArray:
        """(n,) largest distance of a fact in standard deviations of all that is uncertain (Craig et al. 1997)."""
        mean, sd = self.predict(cube)
        spread = np.sqrt(np.diagonal(self.fixed_covariance) + sd**2)
        return np.asarray((np.abs(self.observed - mean) / spread).max(axis=1))


@dataclass(frozen=True, eq=False)
class Sample:
    """A sample of the posterior in quantiles of the priors, and how well the sampler mixed."""

    cube: FloatArray
    """(n_rows, n_inputs)."""
    acceptance: float
    autocorrelation: float
    """Longest integrated autocorrelation time of an input, in steps."""
    steps: int
    plausible_share: float
    """Share of the prior that history matching does not rule out."""


def sample_posterior(
    likelihood: Likelihood, rng: np.random.Generator, steps: int, rows: int, observed: FloatArray | None = None
) -> Sample:
    """Sample the posterior by an ensemble with moves of differential evolution (emcee).

    Parameters
    ----------
    likelihood : the emulator and the facts; the prior is flat over the cube of quantiles.
    rng : decides every step.
    steps : of each walker; the first third is thrown away.
    rows : of the sample that is given back, spread evenly over the rest.
    observed : (n_facts,) in place of the facts.
    """
    import emcee  # noqa: PLC0415 - only this verb needs it

    prior = sobol_cube(len(likelihood.emulator.names), PRIOR_POINTS, rng)
    start = resampled(prior, likelihood.log_density(prior, observed), WALKERS_PER_INPUT * prior.shape[1], rng)
    sampler = walk(likelihood, start, steps, rng, observed)
    burnt = np.asarray(ndtr(sampler.get_chain(discard=steps // 3)))
    flat = burnt.reshape(-1, burnt.shape[2])
    chosen = np.linspace(0, len(flat) - 1, rows).astype(int)
    # With no tolerance the estimate is given without a complaint on stderr: the manifest says it beside the steps.
    times = emcee.autocorr.integrated_time(burnt, tol=0, quiet=True) if steps >= _LONG else np.array([np.nan])
    plausible = float(np.mean(likelihood.implausibility(prior) < IMPLAUSIBLE)) if observed is None else float("nan")
    return Sample(flat[chosen], float(sampler.acceptance_fraction.mean()), float(np.max(times)), steps, plausible)


def walk(
    likelihood: Likelihood, start: FloatArray, steps: int, rng: np.random.Generator, observed: FloatArray | None = None
) -> Any:  # noqa: ANN401 - emcee ships no types
    """Let walkers run from where they start in the cube; the sampler that is given back holds normal scores.

    Parameters
    ----------
    start : (n_walkers, n_inputs) quantiles.

    Notes
    -----
    In normal scores of the quantiles the prior has no edges to run into: the chains forget 2.5 times faster than in
    the cube, measured on fifteen inputs.
    """
    import emcee  # noqa: PLC0415

    def log_density(scores: FloatArray) -> FloatArray:
        cube = np.clip(ndtr(scores), _EDGE, 1.0 - _EDGE)
        density: FloatArray = likelihood.log_density(cube, observed) - 0.5 * (scores**2).sum(axis=1)
        return density

    moves = [(emcee.moves.DEMove(), 0.8), (emcee.moves.DESnookerMove(), 0.2)]
    sampler = emcee.EnsembleSampler(*start.shape, log_density, vectorize=True, moves=moves)
    state = np.random.RandomState(int(rng.integers(2**31))).get_state()
    sampler.run_mcmc(emcee.State(ndtri(start), random_state=state), steps)
    return sampler


def resampled(prior: FloatArray, log_density: FloatArray, n: int, rng: np.random.Generator) -> FloatArray:
    """(n, n_inputs) rows of the prior drawn by their likelihood, shaken a little so that no two are one."""
    weights = np.exp(log_density - log_density.max())
    rows = prior[rng.choice(len(prior), n, p=weights / weights.sum())]
    return np.clip(rows + rng.normal(0.0, 0.02, rows.shape), 0.001, 0.999)
