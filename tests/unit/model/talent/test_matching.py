"""Vacancies meet seekers: hires, vacancies, layoffs, and staff shared to whole persons."""

import math

import numpy as np
import pytest

from model.base import N_TIERS
from model.streams import key
from model.talent.matching import (
    chances,
    choose_employer,
    hires,
    layoffs,
    markets_sought,
    matched,
    share_staff,
    vacancies_by_market,
    vacancies_posted,
)

TALENTS = np.arange(20_000, dtype=np.uint64)


def test_hires_by_hand() -> None:
    """Sixteen vacancies and four seekers at efficiency 0.3 and elasticity one half give 0.3 x 4 x 2 hires."""
    assert hires(np.array([[16.0]]), np.array([[4.0]]), 0.3, 0.5)[0, 0] == pytest.approx(2.4, rel=1e-12)


def test_hires_lean_to_the_side_with_the_larger_elasticity() -> None:
    """Sixteen vacancies and one seeker at efficiency 0.1 and elasticity one quarter give 0.1 x 2 hires."""
    assert hires(np.array([[16.0]]), np.array([[1.0]]), 0.1, 0.25)[0, 0] == pytest.approx(0.2, rel=1e-12)


def test_hires_never_exceed_either_side() -> None:
    """However lopsided the market and efficient the matching, nobody is hired beyond vacancies or seekers."""
    draws = np.random.default_rng(3)
    vacancies, seekers = draws.exponential(100.0, (200, 5)), draws.exponential(100.0, (200, 5))
    vacancies[0], seekers[1] = 0.0, 0.0
    filled = hires(vacancies, seekers, 3.0, 0.45)
    assert (filled <= vacancies).all()
    assert (filled <= seekers).all()
    assert (filled >= 0.0).all()
    assert filled[:2].sum() == 0.0
    assert (filled[2:] > 0.0).all()


def test_hires_have_constant_returns_to_scale() -> None:
    """Twice the vacancies and twice the seekers are twice the hires."""
    vacancies, seekers = np.array([[30.0, 5.0]]), np.array([[20.0, 50.0]])
    assert hires(2 * vacancies, 2 * seekers, 0.5, 0.45) == pytest.approx(2 * hires(vacancies, seekers, 0.5, 0.45))


def test_hires_refuse_sides_of_different_shape() -> None:
    """Markets that do not pair are an error that names both shapes."""
    with pytest.raises(ValueError, match=r"\(3, 5\).*\(2, 5\)"):
        hires(np.ones((3, 5)), np.ones((2, 5)), 0.5, 0.5)


def test_vacancies_by_hand() -> None:
    """Friction grows with the staff wanted and missing staff is added; who wants far fewer people stops hiring."""
    friction = np.array([[10.0], [10.0], [10.0], [0.0]])
    opening = np.array([[100.0], [100.0], [100.0], [0.0]])
    wanted = np.array([[120.0], [100.0], [50.0], [7.0]])
    staff = np.array([[110.0], [100.0], [100.0], [3.0]])
    assert vacancies_posted(friction, opening, wanted, staff).ravel().tolist() == [22.0, 10.0, 0.0, 4.0]


def test_layoffs_by_hand() -> None:
    """Of 100 at work where 50 are wanted, 100 - 1.02 x 50 = 49 % lose their job; within two per cent nobody does.

    The usual hazard comes on top.
    """
    wanted, staff = np.array([[50.0, 99.0, 100.0, 0.0, 10.0]]), np.array([[100.0, 100.0, 100.0, 0.0, 0.0]])
    assert layoffs(np.zeros(1), wanted, staff, 1)[0] == pytest.approx([0.49, 0.0, 0.0, 0.0, 0.0], abs=1e-12)
    assert layoffs(np.full(1, 0.1), wanted, staff, 1, 0.0)[0] == pytest.approx([0.6, 0.11, 0.1, 0.1, 0.1], abs=1e-12)


def test_employers_of_a_site_take_over_each_others_surplus() -> None:
    """Two at a site that want 140 of 150 together let 7.2 of them go, each at the same hazard; another site none."""
    wanted, staff = np.array([[50.0], [90.0], [10.0], [10.0]]), np.array([[100.0], [50.0], [10.0], [10.0]])
    together = (150.0 - 1.02 * 140.0) / 150.0
    assert layoffs(np.zeros(4), wanted, staff, 2).ravel() == pytest.approx([together, together, 0.0, 0.0], abs=1e-12)


def hired(talents: np.ndarray, chance: float, market: int = 0) -> list[int]:
    """Give the ids of those who find a job in a market of this chance, with one employer."""
    luck = key(1, "matching"), key(1, "employer")
    markets, one = np.full(len(talents), market), np.ones((1, 1))
    rows, employers = matched(luck, talents, markets, np.array([chance, 0.0]), one)
    assert employers.tolist() == [0] * len(rows)
    found: list[int] = talents[rows].tolist()
    return found


def test_a_talent_is_matched_by_its_id() -> None:
    """The share matched is the chance, order does not matter, and a higher chance matches the same talents and more."""
    found = hired(TALENTS, 0.4)
    assert abs(len(found) / len(TALENTS) - 0.4) < 4 * np.sqrt(0.24 / len(TALENTS))
    assert hired(TALENTS[::-1].copy(), 0.4) == found[::-1]
    assert set(found) < set(hired(TALENTS, 0.5))
    assert hired(TALENTS, 0.0) == []
    assert hired(TALENTS, 1.0) == TALENTS.tolist()


def test_who_leaves_is_not_matched() -> None:
    """In a market beyond the cities there is no chance of a job."""
    assert hired(TALENTS, 1.0, market=1) == []


def test_one_market_for_each_place_and_tier() -> None:
    """Persons are counted in the place and tier in which they seek."""
    place, tier = np.array([1, 2, 1, 0], np.int8), np.array([3, 0, 3, 4], np.int8)
    market, persons = markets_sought(place, tier, np.array([3, 5, 7, 2], np.int32), 3)
    assert market.tolist() == [N_TIERS + 3, 2 * N_TIERS, N_TIERS + 3, 4]
    assert persons.tolist() == [[0, 0, 0, 0, 2], [0, 0, 0, 10, 0], [5, 0, 0, 0, 0]]


def test_chances_are_hires_over_seekers() -> None:
    """Where nobody seeks a job is sure and tightness as usual; beyond the cities there is no job."""
    vacancies, seekers = np.array([[8.0, 6.0, 0.0, 0.0, 0.0]]), np.array([[4.0, 0.0, 0.0, 0.0, 0.0]])
    filled, usual = np.array([[3.0, 0.0, 0.0, 0.0, 0.0]]), np.array([[0.5, 0.7, 0.0, 0.0, 0.0]])
    chance, tightness = chances(vacancies, seekers, filled, usual, 2)
    assert chance.tolist() == [0.75, 1.0, 1.0, 1.0, 1.0] + [0.0] * N_TIERS
    assert tightness[0, :2].tolist() == [2.0, 0.7]


def test_vacancies_of_a_market_and_how_employers_share_them() -> None:
    """Employers of a city add up; shares are cumulated over all employers, and a market without vacancies has none."""
    posted = np.zeros((3, N_TIERS))
    posted[:, 0] = [1.0, 5.0, 3.0]
    vacancies, cumulated = vacancies_by_market(posted, np.array([0, 1, 0]), 2)
    assert vacancies[:, 0].tolist() == [4.0, 5.0]
    assert cumulated[[0, N_TIERS]].tolist() == [[0.25, 0.25, 1.0], [0.0, 1.0, 1.0]]
    assert not cumulated[1].any()


def test_the_employer_of_a_match_is_chosen_as_any_employer() -> None:
    """Whether and where are two draws: the employer is the one that `choose_employer` gives the same talent."""
    luck = key(1, "matching"), key(1, "employer")
    cumulated = np.array([[0.2, 0.7, 1.0]])
    market = np.zeros(len(TALENTS), np.int16)
    rows, employers = matched(luck, TALENTS, market, np.array([0.3]), cumulated)
    assert (
        employers.tolist() == choose_employer(luck[1], TALENTS[rows], cumulated, market[rows].astype(np.int64)).tolist()
    )


def test_hires_go_to_employers_in_proportion_to_vacancies() -> None:
    """Shares of 0, 0.3, 0, 0.7 of a market's vacancies are the shares of its hires; who has none hires nobody."""
    cumulated = np.array([[0.0, 0.3, 0.3, 1.0], [1.0, 1.0, 1.0, 1.0]])
    market = np.repeat([0, 1], len(TALENTS) // 2)
    chosen = choose_employer(key(1, "employer"), TALENTS, cumulated, market)
    first = np.bincount(chosen[market == 0], minlength=4) / (len(TALENTS) // 2)
    assert first[[0, 2]].tolist() == [0.0, 0.0]
    assert abs(first[1] - 0.3) < 4 * math.sqrt(0.21 / (len(TALENTS) // 2))
    assert (chosen[market == 1] == 0).all()


def test_shared_staff_by_hand() -> None:
    """Ten persons over wants of 1, 1 and 2 are 2, 3 and 5; a group of one firm has all of its seven."""
    staff, group, wanted = np.array([10, 0, 7]), np.array([0, 0, 0, 2]), np.array([1.0, 1.0, 2.0, 0.3])
    assert share_staff(staff, group, wanted).tolist() == [2, 3, 5, 7]


def test_shared_staff_adds_up_in_every_group() -> None:
    """Over groups of many sizes, with firms that want nobody among them, no person is lost and none is negative."""
    draws = np.random.default_rng(4)
    group = np.sort(draws.integers(0, 40, 3000))
    wanted = draws.exponential(1e8, 3000) * (draws.random(3000) < 0.7)
    staff = draws.integers(0, 5000, 40)
    shared = share_staff(staff, group, wanted)
    assert np.bincount(group, shared, minlength=40).astype(int).tolist() == staff.tolist()
    assert (shared >= 0).all()
    assert np.abs(shared - wanted / np.bincount(group, wanted)[group] * staff[group]).max() <= 1.0 + 1e-6


def test_shared_staff_of_groups_without_people_is_nobody() -> None:
    """Firms of a group without staff have none."""
    assert share_staff(np.array([0, 3]), np.array([0, 0, 1]), np.ones(3)).tolist() == [0, 0, 3]
