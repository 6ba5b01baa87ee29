"""R&D: user cost, elasticities, adjustment, knowledge and what it gives."""

import math
from dataclasses import replace

import numpy as np
import pytest

from model.firms.research import (
    add_knowledge,
    contracts_added,
    knowledge_kept,
    knowledge_opening,
    offset_research,
    opening_gap,
    research_by_group,
    start_research,
    trend_quarters,
)
from model.firms.responses import adjusted
from model.parameters import Parameters


@pytest.mark.parametrize(
    ("weight", "by_hand"),
    [
        (np.array([True, False, True]), [1.0, 0.0, 2.0]),
        (np.array([0.1, -0.1, 0.5]), [0.1 - 0.4, 0.0, 1.0]),
    ],
    ids=["of the living", "moved by growth"],
)
def test_research_by_group(weight: np.ndarray, by_hand: list[float]) -> None:
    """Intensity times value added times weight, added up in each group: who is alive, or a log growth."""
    intensity, value_added = np.array([0.1, 0.2, 0.5]), np.array([10.0, 20.0, 4.0])
    total = research_by_group(intensity, value_added, weight, np.array([0, 0, 2]), 3)
    assert total == pytest.approx(by_hand, rel=1e-12)


@pytest.mark.parametrize(("trend", "speed"), [(0.0075, 0.1), (0.02, 0.1), (-0.01, 0.25)])
def test_intensity_grows_at_the_trend_from_the_first_quarter(trend: float, speed: float) -> None:
    """When what is wanted starts at the opening gap and follows the trend, so does actual intensity for 40 quarters."""
    intensity = 0.03
    for quarter in range(1, 41):
        growth = math.exp(trend * quarter) * opening_gap(trend, speed)
        intensity = adjusted(intensity, 0.03 * growth, speed)
        assert intensity == pytest.approx(0.03 * math.exp(trend * quarter), rel=1e-9)


def test_firms_without_research_start_at_a_share_of_what_performers_do() -> None:
    """At a hazard of one the living above-scale firm starts at half its group's 0.2, relative to a fifth less.

    Who is small, closed or alone in a group without R&D does not, and one that does R&D keeps what it does.
    """
    intensity = np.array([0.2, 0.0, 0.0, 0.0, 0.0])
    opening, reference, reference_opening = (intensity.copy() for _ in range(3))
    living, above = np.array([1, 1, 1, 0, 1], bool), np.array([1, 1, 0, 1, 1], bool)
    firms = np.arange(5, dtype=np.uint64), np.array([0, 0, 0, 0, 1]), living, above, np.full(5, 10.0)
    paths = (intensity, opening), (reference, reference_opening)
    gained = start_research(np.uint64(7), 1.0, 0.5, 1.25, firms, paths, 2)
    assert gained == pytest.approx([1.0, 0.0], rel=1e-12)
    assert intensity.tolist() == reference.tolist() == [0.2, 0.1, 0.0, 0.0, 0.0]
    assert opening.tolist() == reference_opening.tolist() == pytest.approx([0.2, 0.08, 0.0, 0.0, 0.0], rel=1e-12)


@pytest.mark.parametrize(("gained", "factor"), [(0.1, 0.95), (-0.1, 1.05), (9.0, 0.9), (-9.0, 1.1)])
def test_what_a_group_gains_is_taken_off_its_performers(gained: float, factor: float) -> None:
    """Of a reference R&D of 2 a gain of 0.1 is a twentieth, and no more than a tenth is taken or given."""
    paths = tuple((np.full(2, own), np.full(2, 2 * own)) for own in (0.3, 0.2))
    firms = np.zeros(2, np.int64), np.array([True, False]), np.array([10.0, 70.0])
    offset_research(np.array([gained]), *firms, paths)
    for path, own in zip(paths, (0.3, 0.2), strict=True):
        assert path[0] == pytest.approx(own * factor, rel=1e-12)
        assert path[1] == pytest.approx(2 * own * factor, rel=1e-12)


def test_without_a_trend_there_is_no_opening_gap() -> None:
    """At zero trend what is wanted is what is done."""
    assert opening_gap(0.0, 0.1) == 1.0


def test_the_trend_runs_in_full_to_2025_and_fades_after() -> None:
    """Quarters count in full to 2025 Q4; at a half-life of two years the pace halves by 2028 and again by 2030."""
    assert [trend_quarters(quarter, 2.0) for quarter in (0, 7, 20)] == [0.0, 7.0, 20.0]
    pace = [trend_quarters(quarter + 1, 2.0) - trend_quarters(quarter, 2.0) for quarter in (20, 28, 36)]
    assert pace[1:] == pytest.approx([pace[0] / 2.0, pace[0] / 4.0], rel=1e-12)
    assert trend_quarters(20_000, 2.0) == pytest.approx(20.0 + 8.0 / math.log(2.0), rel=1e-9)


def test_knowledge_after_a_quarter_by_hand() -> None:
    """Knowledge of 100 that loses 1 - 0.9^4 a year keeps nine tenths in a quarter, and R&D adds to it."""
    kept = knowledge_kept(np.array([1 - 0.9**4]))
    stock, reference = np.array([100.0]), np.array([10.0])
    add_knowledge((stock, reference), (np.array([7.0]), np.array([1.0])), np.zeros(1, np.int8), kept)
    assert (stock[0], reference[0]) == pytest.approx((97.0, 10.0))


def test_opening_knowledge_grows_at_the_rate_of_its_research() -> None:
    """The stock that steady R&D has built grows in the next quarter by exactly a quarter of the yearly rate."""
    rd, depreciation = np.array([5.0, 1.0]), np.array([0.2, 0.3])
    stock = knowledge_opening(rd, depreciation, 0.08)
    after = stock.copy()
    add_knowledge((after, stock.copy()), (rd, rd), np.array([0, 1], np.int8), knowledge_kept(depreciation))
    assert after == pytest.approx(stock * math.exp(0.02), rel=1e-12)


def test_opening_knowledge_by_hand() -> None:
    """Without growth R&D of 5 a quarter replaces the tenth of the stock that is lost: the stock is 50."""
    assert knowledge_opening(np.array([5.0]), np.array([1 - 0.9**4]), 0.0)[0] == pytest.approx(50.0, rel=1e-12)


def test_contracts_answer_their_price() -> None:
    """A subsidy of a fifth at elasticity two multiplies 4 bn a year by 1 over 0.64; no subsidy adds nothing."""
    p = replace(Parameters.central(), contract_value_2020=4e9, contract_price_elasticity=2.0)
    assert contracts_added(0.0, p) == 0.0
    assert contracts_added(0.2, p) == pytest.approx(1e9 * (1 / 0.64 - 1), rel=1e-12)
