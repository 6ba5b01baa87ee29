"""Figures of benchmarks: medians with their noise, verdicts, comparisons, exponents. No time is asserted."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from tests.benchmarks.figures import (
    Figure,
    against,
    cells,
    compared,
    exponent,
    from_plain,
    grid,
    markdown,
    measured,
    to_plain,
)


def test_a_figure_is_the_median_with_its_quartiles() -> None:
    """Of 5, 1, 2, 4 and 3 the median is 3 and the quartiles are 2 and 4; nothing measured is an error."""
    found = measured("run", [5.0, 1.0, 2.0, 4.0, 3.0], "s")
    assert (found.value, found.low, found.high, found.repeats) == (3.0, 2.0, 4.0, 5)
    for none in ([], [1.0, math.nan]):
        with pytest.raises(ValueError, match="are no measurements"):
            measured("run", none, "s")


def test_limits_and_goals_are_kept_by_less_or_by_more() -> None:
    """Three seconds keep a limit of 5 and miss a goal of 2; 300 times keep a goal of 250 where more is better."""
    assert measured("run", [3.0], "s", limit=5.0, goal=2.0).verdict == "limit 5: kept, goal 2: missed"
    assert measured("ratio", [300.0], "x", goal=250.0, more=True).verdict == "goal 250: kept"
    assert measured("ratio", [200.0], "x", goal=250.0, more=True).verdict == "goal 250: missed"
    assert not measured("run", [3.0], "s").verdict


def test_figures_survive_json() -> None:
    """What is written is read back equal."""
    figures = [measured("a", [1.0, 2.0], "s", limit=3.0, note="n"), measured("b", [1.0], "x", goal=2.0, more=True)]
    assert from_plain(json.loads(json.dumps(to_plain(figures)))) == figures


@pytest.mark.parametrize(
    ("old", "new", "more", "ratio", "verdict"),
    [
        ((10.0, 9.0, 11.0), (5.0, 4.5, 5.5), False, "0.50", "better"),
        ((10.0, 9.0, 11.0), (20.0, 19.0, 21.0), False, "2.00", "worse"),
        ((10.0, 9.0, 11.0), (20.0, 19.0, 21.0), True, "2.00", "better"),
        ((10.0, 9.0, 11.0), (10.5, 9.5, 12.0), False, "1.05", "within noise"),
    ],
)
def test_a_comparison_says_what_is_beyond_noise(
    old: tuple[float, float, float], new: tuple[float, float, float], more: bool, ratio: str, verdict: str
) -> None:
    """A change counts where the quartiles of the two runs cannot bring the ratio to one; better hangs on the figure."""
    before, now = (Figure("run", *values, 5, "s", more=more) for values in (old, new))
    row = against(now, before)
    assert (row[3], row[5]) == (ratio, verdict)


def test_one_repeat_tells_no_noise() -> None:
    """A ratio of single measurements is given and said to be of unknown noise."""
    assert "noise unknown" in against(measured("run", [2.0], "s"), measured("run", [1.0], "s"))[5]


def test_figures_that_one_run_lacks_are_named() -> None:
    """What is new and what is gone stand in the comparison too."""
    rows = compared(
        [measured("a", [1.0], "s"), measured("c", [1.0], "s")], [measured("a", [1.0], "s"), measured("b", [2.0], "s")]
    )
    assert [(row[0], row[-1]) for row in rows] == [("a", "same"), ("c", "new"), ("b", "gone")]


def test_an_exponent_is_that_of_a_power_law() -> None:
    """Values of 3 n ** 0.8 give 0.8 without error; with noise the error is that of least squares on the logs."""
    sizes = [1e4, 1e5, 1e6, 1e7]
    slope, error = exponent(sizes, [3.0 * n**0.8 for n in sizes])
    assert slope == pytest.approx(0.8, abs=1e-12)
    assert error == pytest.approx(0.0, abs=1e-12)
    noisy = np.array([3.0 * n**0.8 for n in sizes]) * np.exp([0.1, -0.1, 0.1, -0.1])
    slope, error = exponent(sizes, noisy.tolist())
    x, y = np.log(sizes), np.log(noisy)
    design = np.column_stack([np.ones(4), x])
    _, rest, *_ = np.linalg.lstsq(design, y)
    assert error == pytest.approx(math.sqrt(rest[0] / 2 * np.linalg.inv(design.T @ design)[1, 1]))
    with pytest.raises(ValueError, match="three sizes"):
        exponent([1.0, 2.0], [1.0, 2.0])


def test_tables_are_aligned_and_are_markdown() -> None:
    """Columns of the screen start below each other; a bar inside a cell cannot break a table."""
    rows = [cells(measured("a long name | x", [1.0, 3.0], "s", note="note"))]
    header = ["figure", "median", "quartiles", "repeats", "held against", "note"]
    lines = grid(header, rows).splitlines()
    assert lines[0].index("note") == lines[1].index("note")
    assert markdown(header, rows).splitlines()[2] == "| a long name / x | 2 s | 1.5 to 2.5 | 2 |  | note |"
