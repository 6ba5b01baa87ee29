"""Surfaces over lever settings: one Gaussian process an output, for many inputs of one kind and few points."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model.emulator import one_thread

FloatArray = NDArray[np.float64]
N_SIZES = 4
"""Fitted sizes of a kernel: logarithms of the variances of slopes and of the bend, of the bend's length, of noise."""
_FLOOR = 1e-12
_JITTER = 1e-9
_DECIMALS = 6


@dataclass(frozen=True, eq=False)
class Surfaces:
    """Processes whose kernel is a plane, a smooth bend with one length for all inputs, and noise.

    The emulator of the calibration has a length an input; with 58 inputs and about 130 points those lengths cannot be
    told apart, and cross-validation prefers one.
    """

    sizes: FloatArray
    """(n_outputs, N_SIZES) logarithms, rounded, so that what is stored gives the same predictions."""
    known: FloatArray
    """(n_points, n_inputs)"""
    centre: FloatArray
    spread: FloatArray
    weights: FloatArray
    """(n_outputs, n_points)"""
    inverse_roots: FloatArray
    """(n_outputs, n_points, n_points) inverse of each output's Cholesky factor: an answer is then one product."""

    @classmethod
    def fit(cls, x: FloatArray, y: FloatArray, sizes: FloatArray | None = None) -> Surfaces:
        """Fit a process to each column; the same arguments give the same surfaces.

        Parameters
        ----------
        x : (n_points, n_inputs) of order one.
        y : (n_points, n_outputs).
        sizes : found before, (n_outputs, N_SIZES); those of the greatest likelihood are sought when None.

        Raises
        ------
        ValueError : shapes do not fit.
        """
        from scipy.linalg import solve_triangular  # noqa: PLC0415 - seconds at start

        x, y = np.ascontiguousarray(x, float), np.asarray(y, float)
        if y.ndim != 2 or x.shape[:1] != y.shape[:1] or (sizes is not None and sizes.shape != (y.shape[1], N_SIZES)):
            raise ValueError(f"surfaces: points {x.shape}, values {y.shape} and sizes do not fit")
        centre, spread = y.mean(axis=0), np.maximum(y.std(axis=0), _FLOOR)
        scaled = (y - centre) / spread
        with one_thread():
            if sizes is None:
                sizes = np.array([_sought(x, column) for column in scaled.T]).reshape(-1, N_SIZES)
            parts = [_process(x, column, size) for column, size in zip(scaled.T, sizes, strict=True)]
            unit = np.eye(len(x))
            inverse = [solve_triangular(part.L_, unit, lower=True, check_finite=False) for part in parts]
        weights = np.array([part.alpha_ for part in parts]).reshape(-1, len(x))
        return cls(sizes, x, centre, spread, weights, np.array(inverse))

    @property
    def noise(self) -> FloatArray:
        """(n_outputs,) standard deviation of what no surface explains."""
        return np.asarray(np.exp(0.5 * self.sizes[:, 3]) * self.spread)

    def predict(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Predict, without the noise: mean and standard deviation, (n, n_outputs) each, of ``x`` (n, n_inputs)."""
        x = np.asarray(x, float)
        slopes, bend, length, _ = np.exp(self.sizes.T)[:, :, None, None]
        with one_thread():
            product, own = x @ self.known.T, (x**2).sum(axis=1)
            squares = np.maximum(own[:, None] + (self.known**2).sum(axis=1)[None, :] - 2.0 * product, 0.0)
            shared = slopes * (1.0 + product) + bend * np.exp(-0.5 * squares / length**2)
            explained = shared @ self.inverse_roots.transpose(0, 2, 1)
            left = slopes[..., 0] * (1.0 + own) + bend[..., 0] - (explained**2).sum(axis=2)
            mean = (shared @ self.weights[:, :, None])[..., 0].T
            sd = np.sqrt(np.maximum(left, _FLOOR)).T
        return np.asarray(mean * self.spread + self.centre), np.asarray(sd * self.spread)


def _kernel() -> Any:  # noqa: ANN401 - scikit-learn ships no types
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, DotProduct, WhiteKernel  # noqa: PLC0415

    plane = ConstantKernel(1.0, (1e-5, 1e3)) * DotProduct(1.0, "fixed")
    bend = ConstantKernel(0.3, (1e-5, 1e3)) * RBF(2.0, (0.2, 50.0))
    return plane + bend + WhiteKernel(0.05, (1e-6, 2.0))


def _sought(x: FloatArray, y: FloatArray) -> FloatArray:
    """Sizes of the greatest likelihood."""
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415
    from sklearn.gaussian_process import GaussianProcessRegressor  # noqa: PLC0415

    if np.ptp(y) == 0.0:  # an outcome that no lever moves: any process says so
        return np.asarray(_kernel().theta)
    with warnings.catch_warnings():
        # A size at its bound means a plane without a bend, or no noise: judged, as all, by the cross-validation.
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = GaussianProcessRegressor(_kernel(), alpha=_JITTER).fit(x, y).kernel_.theta
    return np.asarray(np.round(found, _DECIMALS))


def _process(x: FloatArray, y: FloatArray, sizes: FloatArray) -> Any:  # noqa: ANN401
    from sklearn.gaussian_process import GaussianProcessRegressor  # noqa: PLC0415

    kernel = _kernel().clone_with_theta(sizes)
    return GaussianProcessRegressor(kernel, alpha=_JITTER, optimizer=None).fit(x, y)


__all__ = ["N_SIZES", "Surfaces"]
