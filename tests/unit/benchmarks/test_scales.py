"""The study of scales: paired differences by hand, what a scale may cost, and the verdicts."""

from __future__ import annotations

import numpy as np
import pytest

from scenarios.targets import load_targets
from tests.benchmarks.scales import allowed, kind_of, named, of_column, told, verdict


def test_differences_are_paired_by_member() -> None:
    """Level: 1, 2, 3 and 1.1, 2.1, 3.1 differ by 0.1 for each member: 10 % of a spread of 1, with no width."""
    values = {100: np.array([1.1, 2.1, 3.1, 9.0]), 1: np.array([1.0, 2.0, 3.0])}
    (figure,) = of_column("talents", "level", values)
    assert (figure.value, figure.low, figure.high) == pytest.approx((10.0, 10.0, 10.0))
    assert (figure.repeats, figure.unit) == (3, "% of spread over members")


def test_the_interval_is_students() -> None:
    """Differences of 0, 1 and 2 have the mean 1 and the interval 1 - 4.3027 / root 3 to 1 + 4.3027 / root 3."""
    fine = np.array([10.0, 20.0, 30.0])
    (figure,) = of_column("talents", "effect", {100: fine + np.array([0.0, 1.0, 2.0]), 1: fine})
    reach = 4.302653 / np.sqrt(3.0)
    assert (figure.low, figure.high) == pytest.approx((5.0 * (1.0 - reach), 5.0 * (1.0 + reach)), rel=1e-5)


def test_level_and_effect_are_read_off_both_scenarios() -> None:
    """The level is that under the plan; the effect is the plan less the policy of 2020."""
    values = np.array([[1.0, 4.0], [2.0, 6.0]])
    assert kind_of("level", values).tolist() == [4.0, 6.0]
    assert kind_of("effect", values).tolist() == [3.0, 4.0]


def test_a_level_may_cost_a_tenth_of_the_spread_and_an_effect_a_tenth_of_itself() -> None:
    """Members 1, 2, 3 allow 0.1 for the level and 0.2 for an effect of that mean."""
    assert allowed("level", np.array([1.0, 2.0, 3.0])) == pytest.approx(0.1)
    assert allowed("effect", -np.array([1.0, 2.0, 3.0])) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.5, 0.9, "enough"),
        (1.1, 3.0, "not enough"),
        (-3.0, -1.1, "not enough"),
        (0.5, 1.5, "not told"),
        (-2.0, 2.0, "not told"),
    ],
)
def test_a_scale_is_enough_where_all_of_the_interval_is_small(low: float, high: float, said: str) -> None:
    """Inside the bound, beyond it, or neither."""
    assert verdict(low, high, 1.0) == said


def test_what_does_not_move_has_no_row() -> None:
    """An effect of nothing is not compared; what is left is told by scale."""
    values = {1000: np.array([1.0, 2.0, 3.0]), 100: np.array([1.0, 2.0, 3.001]), 1: np.array([1.0, 2.0, 3.0])}
    assert of_column("none", "effect", {scale: rows * 0.0 for scale, rows in values.items()}) == []
    lines = told(of_column("Talents, all of them", "level", values))
    assert lines == ["Talents, all of them, level: 1:1000 enough, 1:100 enough."]


def test_indicators_of_targets_are_named_once_and_the_headline_ones_first() -> None:
    """Columns are found by indicator and definition; what no target names is left out."""
    targets = [t for t in load_targets() if t.kind == "outcome" and t.indicator]
    headline = next(t for t in targets if t.role == "headline")
    other = next(t for t in targets if t.role != "headline")
    columns = [("nothing", ""), (other.indicator, other.definition), (headline.indicator, headline.definition)]
    found = named(columns)
    assert list(found.values()) == [2, 1]
    assert next(iter(found)).startswith(headline.name_en)
