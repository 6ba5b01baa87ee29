"""Thresholds: against a table counted by hand, scikit-learn's curve, and how often the interval holds the truth."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_curve

from outputs.intervals import wilson
from outputs.signposts import ALL_MEET, COLUMNS, NO_CUT, NONE_MEET, TOO_FEW, Signpost, best_cuts, row_of, signpost

VALUES = np.array([1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0, 9.0, 6.0, 9.0])
MET = np.array([0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0], bool)
MEMBERS = list(range(12))


def test_a_threshold_counted_by_hand() -> None:
    """Even members hold 1 2 3* 4 5* 6* (* meet): J is largest at 2.5 with 3/3 - 1/3; odd ones have 1 2* 3 4* 9* 9."""
    found = signpost(VALUES, MET, MEMBERS, 1)
    assert isinstance(found, Signpost)
    assert [found.threshold, found.youden] == pytest.approx([2.5, 2 / 3])
    assert (found.finders, found.met, found.missed) == ((6, 3), 3, 3)
    assert (found.hits, found.false_alarms) == (2, 2)
    row = found.row()
    assert tuple(row) == COLUMNS
    assert (row["on_track"], row["hit_rate"], row["false_alarm_rate"]) == pytest.approx((4 / 6, 2 / 3, 2 / 3))
    assert (row["chance_on_track"], row["chance_off_track"]) == pytest.approx((2 / 4, 1 / 2))
    assert (row["chance_on_low"], row["chance_on_high"]) == wilson(2, 4)
    assert row["tells"] is False


def test_a_value_of_which_little_is_good() -> None:
    """Turned over, the same members have the threshold at the same place with its sign, and stand below it."""
    found, turned = signpost(VALUES, MET, MEMBERS, 1), signpost(-VALUES, MET, MEMBERS, 1, at_least=False)
    assert isinstance(found, Signpost)
    assert isinstance(turned, Signpost)
    assert (turned.threshold, turned.low, turned.high) == (-found.threshold, -found.high, -found.low)
    assert (turned.hits, turned.false_alarms) == (found.hits, found.false_alarms)


@pytest.mark.parametrize("seed", range(20))
def test_the_cut_is_the_best_of_the_curve(seed: int) -> None:
    """No point of scikit-learn's curve has a larger J, whole numbers giving many equal values."""
    draws = np.random.default_rng(seed)
    values, met = draws.integers(0, 12, 40).astype(float), draws.uniform(size=40) < 0.4
    (cut,), (gain,) = best_cuts(values[None, :], met[None, :])
    false_alarms, hits, _ = roc_curve(met, values, drop_intermediate=False)
    assert gain == pytest.approx(np.max((hits - false_alarms)[1:-1]))
    assert gain == pytest.approx(np.mean(values[met] >= cut) - np.mean(values[~met] >= cut))


def test_of_equal_cuts_the_lowest_counts() -> None:
    """1 2* 3 4*: J is a half at 1.5 and at 3.5, and the lower overlooks nobody who meets the target."""
    cuts, gains = best_cuts(np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([[False, True, False, True]]))
    assert (cuts[0], gains[0]) == (1.5, 0.5)


@pytest.mark.parametrize(
    ("met", "values", "reason"),
    [
        ([0] * 8, range(8), NONE_MEET),
        ([1] * 8, range(8), ALL_MEET),
        ([1, 1, 1, 0, 0, 0, 0, 0], range(8), TOO_FEW),
        ([1, 1, 1, 1, 0, 0, 0, 0], [3.0] * 8, NO_CUT),
    ],
)
def test_where_nothing_can_be_told_apart_there_is_no_threshold(
    met: list[int], values: list[float], reason: str
) -> None:
    """None, all, one of a half that meets it, or all alike: the reason stands in place of every number."""
    found = signpost(np.array(values, float), np.array(met, bool), list(range(8)), 1)
    assert found == reason
    row = row_of(found)
    assert tuple(row) == COLUMNS
    assert row["why_not"] == reason
    assert np.isnan(float(str(row["threshold"])))


def test_a_threshold_that_tells_says_so() -> None:
    """Of 80 members half stand clearly higher and meet the target: the held-out intervals lie apart."""
    met = np.arange(80) % 4 < 2
    found = signpost(np.where(met, 2.0, 1.0) + np.arange(80) / 1000, met, list(range(80)), 1)
    assert isinstance(found, Signpost)
    assert found.tells
    assert (found.hits, found.false_alarms) == (20, 0)


def test_the_bootstrap_holds_the_best_threshold() -> None:
    """Two normal groups one and a half apart part best in the middle; 200 intervals of 100 members hold it, most."""
    draws, held = np.random.default_rng(5), 0
    met = np.tile([True, True, False, False], 25)
    for seed in range(200):
        found = signpost(draws.normal(np.where(met, 1.5, 0.0)), met, list(range(100)), seed)
        assert isinstance(found, Signpost)
        held += found.low <= 0.75 <= found.high
    assert 0.88 < held / 200 <= 1.0


def test_the_same_seed_gives_the_same_interval() -> None:
    """The bootstrap is drawn from the seed alone."""
    assert signpost(VALUES, MET, MEMBERS, 4) == signpost(VALUES, MET, MEMBERS, 4)
