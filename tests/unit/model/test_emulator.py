"""The emulator finds a known function back, and says how wrong it is."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from model.emulator import Emulator, FloatArray

NAMES = ("a", "b", "c")


def design(n: int, seed: int) -> FloatArray:
    """(n, 3) points of a scrambled Sobol sequence."""
    return np.asarray(qmc.Sobol(3, rng=np.random.default_rng(seed)).random(n))


def known(x: FloatArray) -> FloatArray:
    """A plane, and a curve that the first two inputs bend together."""
    return np.column_stack([2.0 + 3.0 * x[:, 0] - x[:, 2], np.sin(3.0 * x[:, 0]) * x[:, 1]])


def test_a_smooth_function_is_foretold_within_its_band() -> None:
    """From 64 points the plane is met to 1e-3 and the curve to 2 %, and cross-validation says as much."""
    x, new = design(64, 1), design(128, 2)
    emulator = Emulator.fit(NAMES, ("plane", "curve"), x, known(x))
    mean, sd = emulator.predict(new)
    assert all(
        np.array_equal(part, all_[:, :1]) for part, all_ in zip(emulator.predict(new, 1), (mean, sd), strict=True)
    )
    miss = np.abs(mean - known(new))
    assert miss[:, 0].max() < 1e-3
    assert miss[:, 1].max() < 0.02
    assert (sd >= 0.0).all()
    assert all(error.rmse_over_sd < 0.05 for error in emulator.errors)


def test_noise_is_told_from_signal() -> None:
    """With noise of half the signal's spread the mean is foretold better than the noise, and the band covers."""
    x, new = design(256, 3), design(256, 4)
    noise = np.random.default_rng(5).normal(0.0, 0.5 * known(x)[:, 0].std(), 256)
    emulator = Emulator.fit(NAMES, ("plane",), x, known(x)[:, :1] + noise[:, None])
    mean, sd = emulator.predict(new)
    miss = (mean - known(new)[:, :1])[:, 0]
    assert np.sqrt(np.mean(miss**2)) < 0.25 * noise.std()
    assert 0.8 <= np.mean(np.abs(miss) < 1.645 * sd[:, 0] + 1e-9) <= 1.0
    assert 0.85 <= emulator.errors[0].coverage_90 <= 0.95
    assert emulator.errors[0].rmse == pytest.approx(noise.std(), rel=0.15)


def test_the_same_points_give_the_same_emulator() -> None:
    """Fitted twice it predicts the same bytes."""
    x = design(32, 6)
    first, second = (Emulator.fit(NAMES, ("plane", "curve"), x, known(x)).predict(x) for _ in range(2))
    assert [part.tobytes() for part in first] == [part.tobytes() for part in second]


def test_points_that_do_not_fit_are_refused() -> None:
    """Too few points for the folds, or a column too many, are refused."""
    x = design(8, 7)
    with pytest.raises(ValueError, match="too few for 5 folds"):
        Emulator.fit(NAMES, ("plane", "curve"), x, known(x))
    with pytest.raises(ValueError, match="do not fit 2 inputs"):
        Emulator.fit(NAMES[:2], ("plane", "curve"), x, known(x))
