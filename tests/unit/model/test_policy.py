"""The path of levers: intensity, lags, rationing, and the names of quarters."""

import pytest

from model.policy import Policy, period_name, quarter_of, replace
from tests.unit.model.fakes import cost_of_100, lever_of, path_of


def refuse(policy: Policy, intensity: float) -> Policy:
    """Fail when applied."""
    raise AssertionError(f"applied to {policy} at {intensity}")


def turn_carriers(policy: Policy, intensity: float) -> Policy:
    """Set the number of carriers."""
    return replace(policy, incubation_carriers=intensity)


def test_a_lever_acts_with_its_lag() -> None:
    """With a lag of two quarters the handle of quarter q is the intensity of quarter q - 2, and 2020's before that."""
    path = path_of([lever_of(lag_quarters=2)], [[3.0, 4.0, 5.0, 8.0]])
    assert [path.policy_at(q).institutes for q in range(7)] == [3.0, 3.0, 3.0, 4.0, 5.0, 8.0, 8.0]


def test_a_lever_without_lag_acts_at_once() -> None:
    """The handle of quarter q is the intensity of quarter q."""
    path = path_of([lever_of()], [[3.0, 4.0, 5.0]])
    assert [path.policy_at(q).institutes for q in range(3)] == [3.0, 4.0, 5.0]


def test_a_lever_at_its_baseline_is_not_applied() -> None:
    """A lever that stays at its baseline is never called, so the policy is that of 2020 to the last bit."""
    path = path_of([lever_of(apply=refuse)], [[3.0, 3.0, 3.0]])
    assert path.policy_at(2) == Policy.neutral()
    assert path.policy_at(2, ration=0.5) == Policy.neutral()


def test_levers_turn_their_own_handles() -> None:
    """Two levers both act, and every other handle stays as in 2020."""
    levers = [lever_of(), lever_of("carriers", baseline=43.0, apply=turn_carriers)]
    path = path_of(levers, [[3.0, 8.0], [43.0, 60.0]])
    assert path.policy_at(1) == Policy(institutes=8.0, incubation_carriers=60.0)


def test_levers_that_turn_one_handle_add_up_in_any_order() -> None:
    """Two levers that bring 5 and 2 institutes on top of the 3 of 2020 give 10, whichever comes first."""
    more = lever_of("more", baseline=0.0, apply=lambda policy, n: replace(policy, institutes=policy.institutes + n))
    there = path_of([lever_of(), more], [[3.0, 8.0], [0.0, 2.0]])
    back = path_of([more, lever_of()], [[0.0, 2.0], [3.0, 8.0]])
    assert there.policy_at(1) == back.policy_at(1) == Policy(institutes=10.0)


def test_rationing_pulls_intensity_back_towards_2020() -> None:
    """At a ration of one quarter an intensity of 3 that rose to 11 stands at 5, and one that fell from 8 to 4 at 7."""
    path = path_of([lever_of(), lever_of("other", baseline=8.0)], [[3.0, 11.0], [8.0, 4.0]])
    assert path.intensity_at(1, 0.25).tolist() == [5.0, 7.0]
    assert path.intensity_at(1).tolist() == [11.0, 4.0]


def test_what_the_district_does_not_pay_is_not_rationed() -> None:
    """A lever that the city pays in full keeps its intensity when the district's budget does not reach."""
    path = path_of([lever_of(), lever_of("other", cost=cost_of_100(paid_by={"city": 1.0}))], [[3.0, 11.0], [3.0, 11.0]])
    assert path.intensity_at(1, 0.25).tolist() == [5.0, 11.0]


def test_rationing_reaches_the_handles() -> None:
    """A lever applied under a ration of one half turns its handle half the way."""
    path = path_of([lever_of(lag_quarters=1)], [[3.0, 11.0, 11.0]])
    assert path.policy_at(2, ration=0.5).institutes == 7.0


def test_the_last_intensity_is_held() -> None:
    """A quarter after the end of the path has the intensity of its last quarter."""
    assert path_of([lever_of()], [[3.0, 4.0]]).intensity_at(30).tolist() == [4.0]


@pytest.mark.parametrize(
    ("quarter", "name"),
    [(0, "2020Q4"), (1, "2021Q1"), (3, "2021Q3"), (4, "2021Q4"), (5, "2022Q1"), (20, "2025Q4"), (-1, "2020Q3")],
)
def test_quarters_have_names(quarter: int, name: str) -> None:
    """Quarter 0 is 2020Q4 and quarter 20 is 2025Q4."""
    assert period_name(quarter) == name


@pytest.mark.parametrize(("year", "quarter"), [(2020, 0), (2021, 4), (2025, 20)])
def test_a_year_ends_in_its_fourth_quarter(year: int, quarter: int) -> None:
    """Without a quarter, a year stands for its end."""
    assert quarter_of(year) == quarter


def test_quarter_of_and_period_name_are_inverse() -> None:
    """The name of a quarter leads back to its index."""
    for quarter in range(44):
        name = period_name(quarter)
        assert quarter_of(int(name[:4]), int(name[5])) == quarter
