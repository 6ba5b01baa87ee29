"""Carriers: enclaves in Shanghai, incubators at home, research institutes."""

import math
from dataclasses import replace

import numpy as np
import pytest

from model.carriers import (
    Carrier,
    Enclave,
    Institutes,
    among_tenants,
    carrier_places,
    displaced_research,
    entry_factor,
    extra_births,
    in_order_of_luck,
    incubated_growth,
    open_carriers,
    reform_share,
    spread_in_order,
)
from model.parameters import Parameters
from model.policy import Policy
from tests.unit.model.fakes import owner

P = replace(
    Parameters.central(),
    enclave_tenants_per_unit=20.0,
    enclave_home_places=0.25,
    enclave_team_rd=4e6,
    enclave_landing_rate=0.2,
    seat_rd=500_000.0,
    carrier_turnover=0.4,
    carrier_tenants=10.0,
    carrier_entry_share=0.5,
    institute_spinoffs_per_year=2.0,
    institute_rd_per_year=40e6,
    institute_growth=0.05,
    incub_growth_effect=0.04,
)
LUCK = np.array([0.4, 0.1, 0.3, 0.2])
EVERYBODY = np.ones(4, bool)


def test_seats_fill_at_the_hiring_rate() -> None:
    """Of 40 seats beyond those of 2020 half are filled in one quarter and half of the rest in the next."""
    enclave = Enclave(owner())
    enclave.fill(Policy(shanghai_seats=90.0), 0.5)
    assert enclave.seats_filled == 20.0
    enclave.fill(Policy(shanghai_seats=90.0), 0.5)
    assert enclave.seats_filled == 30.0


def test_an_enclave_of_2020_adds_nothing() -> None:
    """Under the policy of 2020 there are no teams, no seats and no staff beyond the published base."""
    enclave = Enclave(owner())
    enclave.fill(Policy.neutral(), 0.5)
    assert (enclave.seats_filled, enclave.added_teams(P), enclave.staff_in_enclave(P)) == (0.0, 0.0, 0.0)


def test_teams_and_staff_beyond_those_of_2020() -> None:
    """Two more units hold 2 x 20 x 0.25 = 10 teams of 4 m yuan, 8 researchers each, beside 20 filled seats."""
    enclave = Enclave(owner())
    enclave.fill(Policy(enclave_units=3.0, shanghai_seats=90.0), 0.5)
    assert enclave.added_teams(P) == 10.0
    assert enclave.staff_in_enclave(P) == 20.0 + 10.0 * 8.0


def spread(places: float, eligible: np.ndarray = EVERYBODY) -> np.ndarray:
    """Eight yuan for each place, given to the four firms in order of luck."""
    column, rows = np.zeros(4), np.flatnonzero(eligible)
    spread_in_order(column, in_order_of_luck(rows, LUCK[rows], places), places, 8.0)
    return column


def test_teams_take_places_in_order_of_luck() -> None:
    """Two and a half places go to the three luckiest eligible firms, the last of them by half."""
    eligible = np.array([True, True, False, True])
    inside = spread(2.5, eligible)
    assert inside.tolist() == [4.0, 8.0, 0.0, 8.0]


def test_a_larger_enclave_holds_the_same_teams_and_more() -> None:
    """No firm does less in the enclave when it has more places."""
    amounts = [spread(places) for places in (0.0, 0.5, 1.0, 1.5, 2.5, 4.0, 5.5)]
    assert (np.diff(amounts, axis=0) >= 0.0).all()
    assert amounts[0].sum() == 0.0


def test_an_enclave_holds_its_places_and_no_more_firms_than_there_are() -> None:
    """R&D inside is places times the amount, until every eligible firm has a team."""
    assert spread(3.25).sum() == 26.0
    assert spread(99.0).tolist() == [8.0] * 4


def test_a_smaller_enclave_brings_research_home() -> None:
    """With fewer places than in 2020 the R&D of as many teams counts negative."""
    assert spread(-1.5).tolist() == [0.0, -8.0, 0.0, -4.0]


def test_the_enclave_displaces_at_most_half_of_the_research_at_home() -> None:
    """The relocated share of the R&D inside leaves home, capped at half; what returned comes back."""
    inside, rd = np.array([4.0, 40.0, -4.0]), np.array([10.0, 10.0, 10.0])
    assert [displaced_research(*own, 0.5) for own in zip(inside, rd, strict=True)] == [2.0, 5.0, -2.0]


def test_places_by_hand() -> None:
    """Carriers, start-ups of two enclave units, and space for the projects that its turnover makes room for."""
    policy = Policy(incubation_carriers=50.0, enclave_units=2.0, operator_space=3.0, hosted_teams=7.0)
    p = replace(P, fly_in_projects=8.0)
    places = {"incubation": 500.0, "enclave": 2 * 20 * 0.75, "fly-in": 3 * 8 / 0.4, "hosted teams": 7.0}
    assert carrier_places(policy, p) == pytest.approx(places, rel=1e-12)


def test_a_full_carrier_stays_full() -> None:
    """Of 100 tenants a tenth leaves in a quarter and is replaced; before 2021 the same is said to have come."""
    carrier = Carrier(owner(), 100.0, 0.4)
    for _ in range(3):
        carrier.fill(100.0)
    assert (carrier.tenants, carrier.graduated) == pytest.approx((100.0, 10.0), rel=1e-12)
    assert [carrier.admitted(ago) for ago in (0, 2, 3, 9)] == pytest.approx([10.0] * 4, rel=1e-12)


def test_new_places_fill_at_once_and_closed_ones_by_leaving() -> None:
    """Places for 150 take in 60; when only 50 are left a tenth leaves each quarter, nobody is put out or comes."""
    carrier = Carrier(owner(), 100.0, 0.4)
    carrier.fill(150.0)
    assert (carrier.admitted(), carrier.tenants) == pytest.approx((60.0, 150.0), rel=1e-12)
    carrier.fill(50.0)
    assert (carrier.admitted(), carrier.tenants, carrier.graduated) == pytest.approx((0.0, 135.0, 15.0), rel=1e-12)


def test_hosted_teams_stay_three_years() -> None:
    """Twelve places fill at once; then a twelfth leaves each quarter and is replaced."""
    host = open_carriers(owner(), P)["hosted teams"]
    for _ in range(3):
        host.fill(12.0)
    assert host.admissions == pytest.approx([0.0, 12.0, 1.0, 1.0], rel=1e-12)


def test_extra_births_by_hand() -> None:
    """Half of ten more tenants would not have been founded; two more institutes bear 2 x 2 / 4."""
    assert extra_births(Policy.neutral(), P, 10.0) == pytest.approx(5.0, rel=1e-12)
    assert extra_births(Policy(institutes=5.0), P, 0.0) == pytest.approx(1.0, rel=1e-12)
    assert extra_births(Policy(institutes=5.0), P, 10.0) == pytest.approx(6.0, rel=1e-12)
    assert extra_births(Policy.neutral(), P, 0.0) == 0.0


def test_young_firms_sit_in_carriers_by_luck() -> None:
    """Places for 20 of 40 young firms go to those with luck below one half; fewer places touch as many."""
    luck = np.linspace(0.0125, 0.9875, 40)
    for tenants in (20.0, -20.0):
        assert among_tenants(luck, tenants).tolist() == [True] * 20 + [False] * 20


def test_incubated_firms_grow_faster_and_fewer_carriers_take_the_growth_away() -> None:
    """A firm in added carriers grows by 0.01 a quarter more, and by as much less where carriers closed."""
    assert [incubated_growth(tenants, P) for tenants in (20.0, -20.0, 0.0)] == [0.01, -0.01, 0.0]


def test_more_places_than_young_firms_serve_all_of_them() -> None:
    """With 170 places for four young firms all of them are inside."""
    assert among_tenants(np.full(4, 0.999), 170.0).all()


@pytest.mark.parametrize(("n", "tenants"), [(4, 0.0), (0, 70.0)])
def test_without_young_firms_or_new_tenants_nobody_is_incubated(n: int, tenants: float) -> None:
    """No firm is incubated without tenants beyond those of 2020 or when none is young."""
    assert not among_tenants(np.zeros(n), tenants).any()


def institutes(*added: float) -> Institutes:
    """Give the institutes after a quarter for each number beyond those of 2020."""
    actor = Institutes(owner())
    for number in added:
        actor.fill(number)
    return actor


def test_research_of_institutes_grows_from_their_opening() -> None:
    """Two more add a quarter of 80 m yuan when they open, grown by 5 % a year from then on; fewer take it away."""
    assert institutes(0.0, 0.0, 2.0).research(P) == 20e6
    assert institutes(0.0, 0.0, *[2.0] * 9).research(P) == pytest.approx(20e6 * math.exp(0.1), rel=1e-12)
    assert institutes(-1.0).research(P) == -10e6
    assert institutes(0.0).research(P) == 0.0


def test_posts_of_institutes_count_from_their_opening() -> None:
    """At 60 heads a year two institutes have 30 posts in their first quarter, 120 after a year, and 600 in the end."""
    p = replace(P, institute_talent_per_year=60.0, institute_hiring_years=5.0)
    late = [0.0] * 12
    assert institutes(*late).posts(p) == 0.0
    assert institutes(*late, 2.0).posts(p) == 30.0
    assert institutes(*late, *[2.0] * 4).posts(p) == 120.0
    assert institutes(*late, *[2.0] * 40).posts(p) == 600.0


def test_institutes_that_open_later_are_younger_and_cuts_fall_on_all() -> None:
    """One of two years and one of a quarter; halved, half the posts of each; below 2020 a count of its own begins."""
    p = replace(P, institute_talent_per_year=60.0, institute_hiring_years=5.0)
    assert institutes(*[1.0] * 7, 2.0).posts(p) == pytest.approx(60.0 * (8 + 1) / 4, rel=1e-12)
    assert institutes(*[1.0] * 7, 2.0, 1.0).posts(p) == pytest.approx(60.0 * 0.5 * (9 + 2) / 4, rel=1e-12)
    assert institutes(*[2.0] * 8, -1.0).posts(p) == pytest.approx(-60.0 / 4, rel=1e-12)


def test_entry_is_that_of_2020_under_its_policy() -> None:
    """The factor is one to the bit when nothing has changed."""
    assert entry_factor(Policy.neutral(), P) == 1.0


def test_entry_rises_with_reform_and_with_packages() -> None:
    """A full reform adds its effect; one more senior package multiplies by its own."""
    p = replace(P, entry_reform_effect=0.04, talent_policy_entry_effect=np.log(1.5))
    assert entry_factor(replace(Policy.neutral(), business_environment=1.0), p) == pytest.approx(1.04, rel=1e-12)
    assert entry_factor(replace(Policy.neutral(), senior_settlement=700_000.0), p) == pytest.approx(1.5, rel=1e-12)


def test_reform_is_a_share_of_the_way_that_was_left() -> None:
    """From 0.5 the index of 0.75 is half of the way, and 0.25 the same way back."""
    share = [reform_share(replace(Policy.neutral(), business_environment=index)) for index in (0.25, 0.5, 0.75, 1.0)]
    assert share == [-0.5, 0.0, 0.5, 1.0]


def test_fewer_teams_than_in_2020_are_fewer_births() -> None:
    """Without the talent plan the additional share of its twenty teams is not born; more teams are born as teams."""
    p = replace(P, project_additional_share=0.4)
    assert extra_births(replace(Policy.neutral(), talent_teams=0.0), p, 0.0) == pytest.approx(-2.0, rel=1e-12)
    assert extra_births(replace(Policy.neutral(), talent_teams=60.0), p, 0.0) == 0.0
