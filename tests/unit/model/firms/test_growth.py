"""Growth: luck of mean one, and reallocation that nets out."""

import math
from dataclasses import replace

import numpy as np
import pytest

from model.firms.growth import (
    add_causes,
    catalogue_share,
    demand_growth,
    laplace_luck,
    mean_one_luck,
    reform_level,
    relative_scale,
    returned,
    shared_growth,
    shock_scale,
    size_per_firm,
    sums_by_group,
    young_at_home,
)
from model.parameters import Parameters
from model.policy import Policy
from model.streams import key, uniform

FIRMS = np.arange(400_000, dtype=np.uint64)
ONE_EACH = np.ones(len(FIRMS), np.int32)


def shocks_of(luck: np.uint64, firms: np.ndarray, scale: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """Shocks of firms of some scales a quarter."""
    side, logs = laplace_luck(luck, firms, 2.0, scale, weight)
    return np.array([mean_one_luck(*own) for own in zip(side, *logs, strict=True)])


@pytest.mark.parametrize("scale", [0.05, 0.11, 0.2])
def test_luck_has_mean_one_in_levels(scale: float) -> None:
    """The mean of exp(shock) over 400 000 firms is one to four standard errors, where uncorrected it would be above."""
    shocks = shocks_of(key(1, "growth"), FIRMS, np.full(len(FIRMS), scale), ONE_EACH)
    factor = np.exp(shocks)
    # E exp(kx) = 1 / (1 - k^2 b^2), so the variance of the corrected factor is (1 - b^2)^2 / (1 - 4 b^2) - 1.
    error = math.sqrt(((1 - scale**2) ** 2 / (1 - 4 * scale**2) - 1) / len(FIRMS))
    assert abs(factor.mean() - 1.0) < 4 * error
    u = uniform(key(1, "growth"), FIRMS)
    uncorrected = scale * np.where(u < 0.5, np.log(2 * u), -np.log(2 * (1 - u)))
    assert np.exp(uncorrected).mean() - 1.0 > 4 * error
    assert np.allclose(shocks, uncorrected + math.log1p(-(scale**2)), rtol=1e-6, atol=1e-12)


def test_luck_inverts_the_distribution_of_laplace() -> None:
    """A draw u gives -b sgn(u - 1/2) log(1 - 2 |u - 1/2|), less -log(1 - b^2); firms of no scale have no luck.

    The scale b of an agent that stands for four firms is half of theirs.
    """
    luck, firms, scale = key(1, "growth"), FIRMS[:4], np.array([0.4, 0.1, 0.2, 0.0])
    weight = np.array([1, 4, 1, 1], np.int32)
    by_hand = [
        -b * math.copysign(1.0, u - 0.5) * math.log(1.0 - 2.0 * abs(u - 0.5)) + math.log(1.0 - b**2)
        for u, b in zip(uniform(luck, firms).tolist(), (scale / [1.0, 2.0, 1.0, 1.0]).tolist(), strict=True)
    ]
    assert shocks_of(luck, firms, scale, weight) == pytest.approx(by_hand, rel=1e-9, abs=1e-12)


def test_size_of_one_of_the_firms_that_an_agent_stands_for() -> None:
    """A hundred yuan of four firms are 25 each; a closed one counts as one yuan."""
    assert size_per_firm(np.array([100.0, 0.0]), np.array([4, 0], np.int32)).tolist() == [25.0, 1.0]


def test_only_single_firms_spend_a_boost() -> None:
    """Demand and what pulls it add up by group; boosts expected count for agents of one firm."""
    demand, deals = np.array([2.0, 3.0, 5.0]), np.array([0.5, 0.5, 0.0])
    log_size, weight, group = np.array([1.0, -2.0, 4.0]), np.array([1, 2, 1], np.int32), np.array([1, 1, 0])
    sums, boosted = sums_by_group(demand, log_size, 0.5, (deals, 0.1), weight, group, 3)
    assert sums.tolist() == [[5.0, 10.0], [5.0, -2.0], [0.0, 0.0]]
    assert boosted == pytest.approx([0.0, 0.1, 0.0], rel=1e-12)


def test_scale_of_luck_by_hand() -> None:
    """At the median size it is half the yearly scale, at four times the median and exponent 1/2 half of that."""
    relative = relative_scale(np.array([100.0, 400.0, 25.0]), 100.0, 0.5)
    assert [shock_scale(0.22, own) for own in relative] == pytest.approx([0.11, 0.055, 0.22], rel=1e-12)


def test_scale_of_luck_is_capped() -> None:
    """The smallest firms stay at one half, below which the mean of exp(shock) exists."""
    assert shock_scale(0.4, relative_scale(np.array([1.0]), 1e8, 0.25)[0]) == 0.5


def causes(
    log_size: np.ndarray, demand: np.ndarray, group: np.ndarray, slope: float, n_groups: int
) -> tuple[np.ndarray, np.ndarray]:
    """Log growth by mean reversion alone, and the R&D that it moves, of firms that spend a tenth on it."""
    n, one_each = len(group), np.ones(len(group), np.int32)
    sums, _ = sums_by_group(demand, log_size, slope / 4.0, (np.zeros(n), 0.0), one_each, group, n_groups)
    luck, reform = (np.zeros(n), np.zeros((2, n))), (0.0, np.ones(n_groups, np.int8))
    firms = group, np.zeros(n, np.int16), np.full(n, 0.1), demand
    growth, moved = add_causes(
        (np.zeros(n_groups), np.zeros(n_groups)), reform, sums, luck, log_size, slope / 4.0, 0.0, firms
    )
    return growth, moved


def test_reversion_does_not_move_the_group() -> None:
    """Weighted by value added, mean reversion sums to zero in every group, and so does the R&D that it moves."""
    draws = np.random.default_rng(6)
    value_added, group = draws.lognormal(15.0, 2.0, 5000), draws.integers(0, 12, 5000)
    pull, moved = causes(np.log(value_added), value_added, group, -0.02, 12)
    sums = np.bincount(group, value_added * pull) / np.bincount(group, value_added)
    assert sums == pytest.approx(np.zeros(12), abs=1e-14)
    assert moved / np.bincount(group, value_added) == pytest.approx(np.zeros(12), abs=1e-14)
    assert np.abs(pull).max() > 0.01


def test_reversion_lets_small_firms_gain_on_large_ones() -> None:
    """Two firms one log point apart come closer by a quarter of the yearly slope, and R&D moves as they do."""
    pull, moved = causes(np.array([2.0, 3.0]), np.array([1.0, 3.0]), np.array([0, 1]), -0.04, 2)
    assert pull.tolist() == moved.tolist() == [0.0, 0.0]
    pull, _ = causes(np.array([2.0, 3.0]), np.array([1.0, 3.0]), np.zeros(2, int), -0.04, 1)
    assert pull[0] - pull[1] == pytest.approx(0.01, rel=1e-12)
    assert pull == pytest.approx([0.0075, -0.0025], rel=1e-12)


def test_gibrat_is_no_reversion() -> None:
    """At slope zero no firm is pulled."""
    assert not causes(np.array([2.0, 3.0]), np.ones(2), np.zeros(2, int), 0.0, 1)[0].any()


def test_demand_growth_by_hand() -> None:
    """With a share of 0.7 and a gap of 4 % a year, catalogue firms gain 0.3 %, others lose 0.7 %, services nothing."""
    growth = demand_growth(np.full(3, 0.015), np.array([1.0, 0.0, -1.0]), 0.04, np.full(3, 0.7))
    assert growth == pytest.approx([0.018, 0.008, 0.015], rel=1e-12)


def test_demand_growth_keeps_the_growth_of_industry() -> None:
    """Weighted by value added, the industry of each site grows at its city's rate whatever the gap."""
    draws = np.random.default_rng(7)
    site, catalogue = draws.integers(0, 4, 2000), draws.integers(-1, 2, 2000).astype(float)
    value_added, city_growth = draws.lognormal(15.0, 2.0, 2000), np.array([0.015, 0.02, -0.01, 0.0])
    industry = catalogue >= 0.0
    weights = value_added * industry
    share = np.bincount(site, weights * (catalogue > 0.0)) / np.bincount(site, weights)
    growth = demand_growth(city_growth[site], catalogue, 0.04, share[site])
    assert np.bincount(site, weights * growth) / np.bincount(site, weights) == pytest.approx(city_growth, abs=1e-14)
    assert growth[~industry].tolist() == city_growth[site][~industry].tolist()
    assert (growth[catalogue > 0.0] > city_growth[site][catalogue > 0.0]).all()


def test_share_of_catalogue_clusters_by_hand() -> None:
    """Three of the four of a site's industry, services left out, in each of its groups; zero without any industry."""
    assert catalogue_share(np.array([9.0, 1.0, 3.0, 5.0, 0.0, 0.0])).tolist() == [0.75, 0.75, 0.75, 0.0, 0.0, 0.0]


def test_what_reallocation_returns_is_bounded() -> None:
    """A tenth is returned or taken in full, more than a fifth is cut, and a group without demand has none."""
    share = returned(np.array([1.0, -1.0, 9.0, -9.0, 1.0]), np.array([10.0, 10.0, 10.0, 10.0, 0.0]))
    assert share.tolist() == [0.1, -0.1, 0.2, -0.2, 0.0]


def test_what_the_firms_of_a_group_share() -> None:
    """Catalogue industry makes three quarters of its site's: it gains a quarter of the gap; 2 of 12 yuan return."""
    sums, lost, boosted = (
        np.array([[9.0, 0.0], [4.0, 0.0], [12.0, 0.0]]),
        np.array([0.0, 0.0, 3.0]),
        np.array([0.0, 0.0, 1.0]),
    )
    growth = np.array([9.0, 0.015])
    shared = shared_growth(growth, np.ones(3, np.int8), 0.04, lost, sums, boosted)
    assert shared[0] == pytest.approx([0.015, 0.0075, 0.0175], rel=1e-12)
    assert shared[1] == pytest.approx([0.0, 0.0, 2.0 / 12.0], rel=1e-12)


def test_growth_adds_up_its_causes() -> None:
    """What the group shares and reform at home, luck and reversion of each, and the boost while it lasts."""
    shared, reform = (np.array([1.0, 2.0]), np.array([0.5, 0.25])), (4.0, np.array([1, 0], np.int8))
    luck = np.array([2.0, -1.0, 0.0]), np.array([[3.0, 4.0, 0.0], [1.0, 0.0, 2.0]])
    group, left, log_size = np.array([1, 0, 1]), np.array([3, 0, 0], np.int16), np.array([1.0, 2.0, 3.0])
    firms = group, left, np.array([0.5, 0.0, 0.0]), np.full(3, 10.0)
    sums = np.array([[1.0, 0.0], [4.0, 8.0]])
    growth, moved = add_causes(shared, reform, sums, luck, log_size, 0.125, 0.5, firms)
    assert growth.tolist() == [6.25 + 7.0 + 0.125 - 2.0 + 0.5, 1.5 - 4.0 + 0.25, 6.25 + 2.0 + 0.375 - 2.0]
    assert moved.tolist() == [0.0, 5.0 * (0.125 - 2.0)]


def test_who_is_young_at_home() -> None:
    """Technology firms of the district below the threshold, up to seven years old."""
    city, born = np.array([0, 0, 0, 0, 1, -1], np.int8), np.array([0, 0, 0, -1, 0, 0], np.int16)
    tech_sme, above_scale = np.array([1, 0, 1, 1, 1, 1], bool), np.array([0, 0, 1, 0, 0, 0], bool)
    assert young_at_home(city, tech_sme, above_scale, born, 27).tolist() == [0]


def test_reform_and_stations_by_hand() -> None:
    """Half of the reform gives half of its effect; stations count against the plan's number, and no more than that."""
    p = replace(Parameters.central(), approval_reform_growth=0.02, digital_effect=0.05)
    assert reform_level(Policy.neutral(), p) == 0.0
    assert reform_level(replace(Policy.neutral(), business_environment=0.75), p) == pytest.approx(0.01, rel=1e-12)
    full = 0.05 * (2658 - 1300) / 2658
    for stations in (2658.0, 4000.0):
        assert reform_level(replace(Policy.neutral(), base_stations=stations), p) == pytest.approx(full, rel=1e-12)
