"""Profiles against cases that are known exactly."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from calibration.fitting.inference import Likelihood
from calibration.fitting.profiling import LEVELS, LIMIT, allowed, profile_table, ruled_out
from calibration.inputs import inputs
from model.emulator import Emulator

A, B = "parameter:rd_adjust_speed", "parameter:hnte_cert_hazard"


def likelihood(weights: list[list[float]], observed: list[float], error: float = 0.1) -> Likelihood:
    """Facts that are weighted sums of two inputs, known without error of the emulator."""
    matrix = np.array(weights)

    def predict(x: Any, first: int) -> Any:
        mean = (np.asarray(x) @ matrix.T)[:, :first]
        return mean, np.zeros_like(mean)

    emulator = cast("Emulator", SimpleNamespace(names=(A, B), predict=predict))
    n = len(observed)
    return Likelihood(emulator, np.array(observed), np.full(n, error), np.zeros((n, n)), replicates=1)


def deviance(of: Likelihood, name: str) -> list[float]:
    """Profile of an input."""
    start = np.random.default_rng(1).random((50, 2))
    table = profile_table(of, start, inputs())
    assert table["deviance"].min() >= 0.0
    return [float(value) for value in table.loc[table["input"] == name, "deviance"]]


def test_a_fact_that_sees_one_input_gives_a_parabola() -> None:
    """One fact a, seen 0.5 with an error of 0.1: the deviance at a is ((a - 0.5) / 0.1) squared; the other is flat."""
    one = likelihood([[1.0, 0.0]], [0.5])
    assert deviance(one, A) == pytest.approx([((u - 0.5) / 0.1) ** 2 for u in LEVELS], abs=1e-3)
    assert deviance(one, B) == pytest.approx([0.0] * len(LEVELS), abs=1e-3)
    assert ruled_out(deviance(one, A)) == "both sides"
    assert ruled_out(deviance(one, B)) == "nowhere"


def test_inputs_that_trade_off_are_not_identified() -> None:
    """One fact a + b, seen 1: whatever a is, b makes up for it, though the posterior would link the two."""
    both = likelihood([[1.0, 1.0]], [1.0])
    assert max(deviance(both, A)[1:-1]) == pytest.approx(0.0, abs=1e-2)


def test_a_trade_off_ends_where_the_prior_does() -> None:
    """One fact a + b, seen 1.6: b is at most one, so a of 0.5 misses by one error and 0.3 by three."""
    seen = deviance(likelihood([[1.0, 1.0]], [1.6]), A)
    found = dict(zip(LEVELS, seen, strict=True))
    assert found[0.5] == pytest.approx(1.0, abs=0.05)
    assert found[0.30000000000000004] == pytest.approx(9.0, abs=0.1)
    assert ruled_out(seen) == "below"


def test_what_is_allowed_ends_between_two_levels() -> None:
    """A deviance that rises in a line from the median crosses the limit where it should; a flat one nowhere."""
    slope = 20.0
    low, high = allowed([slope * abs(u - 0.5) for u in LEVELS])
    assert (low, high) == pytest.approx((0.5 - LIMIT / slope, 0.5 + LIMIT / slope))
    assert allowed([0.0] * len(LEVELS)) == (0.0, 1.0)


def test_a_value_seen_between_two_levels_lies_between_their_neighbours() -> None:
    """Where facts so sharp rule out every level, the range left is that around the likeliest, also at the end."""
    assert allowed([1e4 * abs(u - 0.52) + LIMIT for u in LEVELS]) == pytest.approx((0.45, 0.55))
    assert allowed([1e4 * u + LIMIT for u in LEVELS]) == (0.0, LEVELS[1])


def test_sharper_facts_rule_out_more() -> None:
    """Ten times the error: nothing is ruled out any more."""
    sharp = likelihood([[1.0, 0.0]], [0.5])
    assert ruled_out(deviance(replace(sharp, errors=sharp.errors * 10.0), A)) == "nowhere"
