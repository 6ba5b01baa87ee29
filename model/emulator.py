"""Emulator: what the simulation would say at points that were not run, with its error, from a few hundred that were."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

FloatArray = NDArray[np.float64]
_FLOOR = 1e-12
_JITTER = 1e-9
_SEARCHED = 160
"""Points on which lengths and noise are sought; all points are then fitted with them."""
_ITERATIONS = 40
_MIDDLE = 0.5
_SLOPE = 3.0
"""Standard deviation of the prior of a slope, in standard deviations of the output across the whole range."""
_INSIDE_90 = 1.6448536269514722
"""Standard deviations on either side of a Gaussian mean that hold nine tenths."""


@dataclass(frozen=True, eq=False)
class Emulator:
    """One Gaussian process an output, over inputs that lie in the unit cube (quantiles of the priors).

    Its kernel is a plane with a wide prior plus a smooth bend with one length an input: far from all points the plane
    remains, and how uncertain the plane is belongs to the error.
    The noise of the runs (few replicates) is fitted with the process and is not part of what is predicted.
    """

    names: tuple[str, ...]
    outputs: tuple[str, ...]
    parts: tuple[Any, ...]
    """(n_outputs,) processes, in standardised units."""
    centre: FloatArray
    spread: FloatArray
    errors: tuple[CrossValidation, ...]

    @classmethod
    def fit(
        cls, names: Sequence[str], outputs: Sequence[str], x: FloatArray, y: FloatArray, folds: int = 5
    ) -> Emulator:
        """Fit an emulator and cross-validate it; the same arguments give the same emulator.

        Parameters
        ----------
        names : (n_inputs,) of the columns of ``x``.
        outputs : (n_outputs,) of the columns of ``y``.
        x : (n_points, n_inputs) in [0, 1].
        y : (n_points, n_outputs) means over replicates.
        folds : of the cross-validation; every k-th point is left out in turn.

        Raises
        ------
        ValueError : shapes do not fit, or there are fewer points than twice the folds.
        """
        x, y = np.asarray(x, float), np.asarray(y, float)
        if x.shape != (len(y), len(names)) or y.ndim != 2 or y.shape[1] != len(outputs) or len(x) < 2 * folds:
            raise ValueError(
                f"points {x.shape}, values {y.shape}: they do not fit {len(names)} inputs and "
                f"{len(outputs)} outputs, or are too few for {folds} folds"
            )
        with one_thread():
            return cls._fitted((tuple(names), tuple(outputs)), x, y, folds)

    @classmethod
    def _fitted(
        cls, named: tuple[tuple[str, ...], tuple[str, ...]], x: FloatArray, y: FloatArray, folds: int
    ) -> Emulator:
        names, outputs = named
        centre, spread = y.mean(axis=0), np.maximum(y.std(axis=0), _FLOOR)
        scaled = (y - centre) / spread
        parts = tuple(_fit_one(x, column) for column in scaled.T)
        errors = tuple(
            _cross_validate(part, x, column, (name, float(width)), folds)
            for part, column, name, width in zip(parts, scaled.T, outputs, spread, strict=True)
        )
        return cls(names, outputs, parts, centre, spread, errors)

    def predict(self, x: FloatArray, first: int | None = None) -> tuple[FloatArray, FloatArray]:
        """Predict the mean over luck, and the standard deviation of that prediction, noise of runs aside.

        Parameters
        ----------
        x : (n, n_inputs) in [0, 1].
        first : so many outputs alone; None for all.

        Returns
        -------
        Two arrays of (n, n_outputs).
        """
        spread, centre = self.spread[:first], self.centre[:first]
        with one_thread():
            found = [_predict_one(part, np.asarray(x, float)) for part in self.parts[:first]]
        mean = np.column_stack([mean for mean, _ in found]) * spread + centre
        return mean, np.column_stack([sd for _, sd in found]) * spread

    def error_table(self) -> pd.DataFrame:
        """Cross-validation by output: what a reader must see beside every number that an emulator gave."""
        import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

        return pd.DataFrame([vars(error) for error in self.errors])


@dataclass(frozen=True)
class CrossValidation:
    """How well points left out were foretold."""

    output: str
    rmse: float
    """In the unit of the output."""
    rmse_over_sd: float
    """Over the standard deviation of the output over the design: 0 is perfect, 1 is no better than the mean."""
    coverage_90: float
    """Share of points left out that lie in the 90 % band, noise of runs included."""


def one_thread() -> AbstractContextManager[Any]:
    """Hold the linear algebra to one thread: the last bits depend on how many share a sum."""
    return _libraries().limit(limits=1)  # type: ignore[no-any-return]


@cache
def _libraries() -> Any:  # noqa: ANN401 - ships no types
    """The libraries of linear algebra, looked for once: a sampler asks for a hundred thousand predictions."""
    import scipy.linalg  # noqa: F401, PLC0415 - brings its own
    from threadpoolctl import ThreadpoolController  # noqa: PLC0415 - comes with scikit-learn

    return ThreadpoolController()


def _fit_one(x: FloatArray, y: FloatArray) -> Any:  # noqa: ANN401 - scikit-learn ships no types
    """Fit a process whose lengths and noise are those of the greatest likelihood on the first points."""
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415 - seconds at start
    from sklearn.gaussian_process import GaussianProcessRegressor  # noqa: PLC0415
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, DotProduct, WhiteKernel  # noqa: PLC0415

    plane = ConstantKernel(_SLOPE**2, "fixed") * DotProduct(1.0, "fixed")
    bend = ConstantKernel(0.3, (1e-4, 1e2)) * RBF(np.full(x.shape[1], 1.5), (0.15, 30.0))
    search = GaussianProcessRegressor(plane + bend + WhiteKernel(0.05, (1e-8, 2.0)), alpha=_JITTER, optimizer=_search)
    with warnings.catch_warnings():
        # A length at its bound means an input without curvature: judged, as all, by the cross-validation.
        warnings.simplefilter("ignore", ConvergenceWarning)
        search.fit(x[:_SEARCHED] - _MIDDLE, y[:_SEARCHED])
    process = GaussianProcessRegressor(search.kernel_, alpha=_JITTER, optimizer=None)
    return process.fit(x - _MIDDLE, y)


def _search(objective: Any, first: Any, bounds: Any) -> tuple[Any, float]:  # noqa: ANN401
    """A search of bounded length: the last digits of a length scale cost minutes and change nothing."""
    from scipy.optimize import minimize  # noqa: PLC0415

    found = minimize(objective, first, jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": _ITERATIONS})
    return found.x, float(found.fun)


def _predict_one(process: Any, x: FloatArray) -> tuple[FloatArray, FloatArray]:  # noqa: ANN401
    """Mean and standard deviation without the noise of the runs, (n,) each.

    The kernel of `_fit_one` written out: a sampler asks for a hundred thousand predictions.
    """
    from scipy.linalg import solve_triangular  # noqa: PLC0415

    bend, at, known = process.kernel_.k1.k2, x - _MIDDLE, process.X_train_
    lengths, amplitude = bend.k2.length_scale, bend.k1.constant_value
    near, far = at / lengths, known / lengths
    squares = (near**2).sum(axis=1)[:, None] + (far**2).sum(axis=1)[None, :] - 2.0 * near @ far.T
    shared = _SLOPE**2 * (1.0 + at @ known.T) + amplitude * np.exp(-0.5 * np.maximum(squares, 0.0))
    explained = solve_triangular(process.L_, shared.T, lower=True, check_finite=False)
    own = _SLOPE**2 * (1.0 + (at**2).sum(axis=1)) + amplitude
    return shared @ process.alpha_, np.sqrt(np.maximum(own - (explained**2).sum(axis=0), _FLOOR))


def _cross_validate(
    fitted: Any,  # noqa: ANN401
    x: FloatArray,
    y: FloatArray,
    output: tuple[str, float],
    folds: int,
) -> CrossValidation:
    """Leave each fold out with lengths and noise kept."""
    from sklearn.gaussian_process import GaussianProcessRegressor  # noqa: PLC0415

    name, spread = output
    miss, sd = np.empty(len(y)), np.empty(len(y))
    for fold in range(folds):
        out = np.arange(len(y)) % folds == fold
        process = GaussianProcessRegressor(fitted.kernel_, alpha=_JITTER, optimizer=None)
        process.fit(x[~out] - _MIDDLE, y[~out])
        mean, sd[out] = process.predict(x[out] - _MIDDLE, return_std=True)
        miss[out] = y[out] - mean
    rmse = float(np.sqrt(np.mean(miss**2)))
    return CrossValidation(name, rmse * spread, rmse, float(np.mean(np.abs(miss) <= _INSIDE_90 * sd)))


__all__ = ["CrossValidation", "Emulator", "one_thread"]
