"""Members are the same in any order, and each of the four uncertainties can be held."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from calibration.inputs import inputs
from calibration.members import MemberSource, along_component, data_hash, member_seed
from model.base import Member
from model.commands import BOUNDS
from model.errors import DataError, UsageError
from model.parameters import Parameters
from model.points import Points


def facts(member: Member) -> dict[str, object]:
    """What each uncertainty decides of a member."""
    return {
        "base": member.base.drawn,
        "parameters": member.parameters,
        "outside": member.outside["known_2021"].gdp_growth.tobytes(),
        "chance": member.seed,
    }


def test_members_do_not_depend_on_the_order_or_the_process() -> None:
    """Members made backwards by a source that was pickled are those made forwards."""
    source = MemberSource(scale=1000, seed=5, n_quarters=8)
    forwards = [facts(source(index)) for index in range(3)]
    copy = pickle.loads(pickle.dumps(source))  # noqa: S301 - our own bytes
    assert [facts(copy(index)) for index in (2, 1, 0)] == forwards[::-1]


def test_members_can_be_made_at_the_largest_scale() -> None:
    """Forty members can be balanced at the largest scale that the command line takes: none fails for its scale."""
    source = MemberSource(scale=BOUNDS["scale"][1], seed=2020, n_quarters=8)
    assert [source(index).index for index in range(40)] == list(range(40))


@pytest.mark.parametrize("held", ["base", "parameters", "outside", "chance"])
def test_an_uncertainty_that_is_switched_off_is_the_same_for_all(held: str) -> None:
    """With one switched off two members agree in it and differ in the three others."""
    source = MemberSource(scale=1000, seed=5, n_quarters=8, switch_off=(held,))
    one, other = facts(source(1)), facts(source(2))
    assert {name: one[name] == other[name] for name in one} == {name: name == held for name in one}


def test_what_is_not_switched_off_keeps_its_draw() -> None:
    """Holding chance leaves base, parameters and outside world of a member as they were."""
    free, held = (facts(MemberSource(scale=1000, seed=5, switch_off=off)(1)) for off in ((), ("chance",)))
    assert {name for name in free if free[name] != held[name]} == {"chance"}


def test_a_mixed_member_takes_each_uncertainty_from_the_member_named() -> None:
    """Base of member 1, parameters of 2, outside world of 3, luck of 4; its own number decides nothing."""
    source = MemberSource(scale=1000, seed=5, n_quarters=8)
    picks = {"base": 1, "parameters": 2, "outside": 3, "chance": 4}
    mixed = facts(source.mixed(9, picks))
    assert mixed == {name: facts(source(index))[name] for name, index in picks.items()}


def test_an_unknown_uncertainty_is_refused() -> None:
    """A misspelt one is named with its near match."""
    with pytest.raises(UsageError, match="uncertainty 'chanse' does not exist; did you mean 'chance'"):
        MemberSource(switch_off=("chanse",))


def test_a_member_carries_its_scale_and_horizon() -> None:
    """Scale and quarters asked for are those of the base and of every outside world."""
    member = MemberSource(scale=500, seed=1, n_quarters=12)(0)
    assert member.base.scale == 500
    assert {world.gdp_growth.shape for world in member.outside.values()} == {(len(member.base.cities), 13)}


def test_member_seeds_differ() -> None:
    """A thousand members of two seeds have different seeds that fit into 63 bits."""
    seeds = {member_seed(seed, member) for seed in (1, 2) for member in range(1000)}
    assert len(seeds) == 2000
    assert max(seeds) < 2**63
    assert np.mean([value >> 62 for value in seeds]) == pytest.approx(0.5, abs=0.05)


def test_a_broken_table_shows_when_a_member_is_made(data_copy: Path) -> None:
    """The error survives pickling, as it must between processes."""
    (data_copy / "tiers.csv").write_text("", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        MemberSource(data_dir=data_copy)(0)
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301 - our own bytes


def test_the_hash_sees_values_and_names_but_not_line_endings(data_copy: Path) -> None:
    """Windows line endings leave the hash as it is; a changed digit and a renamed file do not."""
    before = data_hash(data_copy)
    path = data_copy / "tiers.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert data_hash(data_copy) == before
    path.write_bytes(path.read_bytes().replace(b"0.47", b"0.48"))
    changed = data_hash(data_copy)
    assert changed != before
    path.rename(data_copy / "ranks.csv")
    assert data_hash(data_copy) not in (before, changed)


RATE, SPEED, GROWTH = "base:rd_intensity", "parameter:rd_adjust_speed", "outside:gdp_growth:2022"


def source_at(points: Points | None = None, posterior: Points | None = None, off: tuple[str, ...] = ()) -> MemberSource:
    """A source of small members."""
    return MemberSource(scale=1000, seed=5, n_quarters=8, switch_off=off, points=points, posterior=posterior)


def test_points_set_base_parameter_and_outside_and_leave_the_rest_to_the_luck() -> None:
    """Quantiles of a design become the priors' values; all else is the draw of the member with that luck."""
    points = Points.of((RATE, SPEED, GROWTH), np.array([[0.5, 0.5, 0.1], [0.9, 0.2, 0.9]]), replicates=2)
    member, plain = source_at(points)(3), source_at()(1)
    known = inputs()
    drawn = dict(member.base.drawn)
    assert drawn == dict(plain.base.drawn) | {"rd_intensity": known[RATE].quantile(0.9)}
    assert member.parameters == replace(plain.parameters, rd_adjust_speed=known[SPEED].quantile(0.2))
    assert (member.index, member.seed) == (3, plain.seed)
    slow, fast = (source_at(points)(index).outside["known_2021"].gdp_growth for index in (1, 3))
    assert np.array_equal(slow[:, :5], plain.outside["known_2021"].gdp_growth[:, :5])
    assert slow[0, 5:].sum() < fast[0, 5:].sum()


def test_a_point_that_sets_one_input_leaves_the_row_of_the_posterior_and_the_rest_as_drawn() -> None:
    """The member is the one of that luck without the design, but for the one value."""
    posterior = Points.of((RATE, SPEED), np.array([[0.026, 0.2], [0.027, 0.3], [0.028, 0.4]]), "value")
    points = Points.partly((RATE, SPEED), np.array([[np.nan, np.nan], [np.nan, 0.95]]), (4, 4))
    plain = source_at(posterior=posterior)(4)
    drawn, moved = (source_at(points, posterior)(index) for index in range(2))
    assert facts(drawn) == facts(plain)
    speed = inputs()[SPEED].quantile(0.95)
    assert facts(moved) == facts(plain) | {"parameters": replace(plain.parameters, rd_adjust_speed=speed)}
    unset = Points((RATE,), "value", np.array([[np.nan], [0.027]]).tobytes(), partial=True)
    assert dict(source_at(unset)(1).base.drawn)["rd_intensity"] == 0.027


def test_points_are_set_though_their_kind_is_held() -> None:
    """With base and parameters at central values a design still sets what it names, as plain values here."""
    points = Points.of((RATE, SPEED), np.array([[0.026, 0.31]]), "value")
    member = source_at(points, off=("base", "parameters"))(0)
    assert dict(member.base.drawn)["rd_intensity"] == 0.026
    assert member.parameters == Parameters.with_values(rd_adjust_speed=0.31)


def test_a_member_draws_one_row_of_a_posterior() -> None:
    """Values of a posterior come jointly from one row, all rows are used, and the other draws stay as they were."""
    rows = np.array([[0.026, 0.2], [0.027, 0.3], [0.028, 0.4]])
    source = source_at(posterior=Points.of((RATE, SPEED), rows, "value"))
    taken = []
    for index in range(12):
        member, plain = source(index), source_at()(index)
        taken.append((dict(member.base.drawn)["rd_intensity"], member.parameters.rd_adjust_speed))
        assert member.seed == plain.seed
        assert member.parameters == replace(plain.parameters, rd_adjust_speed=taken[-1][1])
    assert set(taken) == {tuple(row) for row in rows.tolist()}


def test_what_is_held_is_held_at_the_posteriors_median() -> None:
    """With parameters held, those of the posterior take its median and the others their central value."""
    rows = np.array([[0.026, 0.2], [0.027, 0.3], [0.028, 0.45]])
    member = source_at(posterior=Points.of((RATE, SPEED), rows, "value"), off=("parameters",))(4)
    assert member.parameters == Parameters.with_values(rd_adjust_speed=0.3)
    assert dict(member.base.drawn)["rd_intensity"] in rows[:, 0]


def test_points_of_unknown_inputs_or_outside_the_prior_are_refused() -> None:
    """A misspelt input is named with its near match, and a value that the prior excludes with its bounds."""
    with pytest.raises(UsageError, match="input 'base:rd_intensty' does not exist; did you mean 'base:rd_intensity'"):
        source_at(Points.of(("base:rd_intensty",), np.array([[0.5]])))
    with pytest.raises(UsageError, match=r"base:rd_intensity runs from 0.05 to 0.05, its prior only from 0.025"):
        source_at(Points.of((RATE,), np.array([[0.05]]), "value"))
    with pytest.raises(UsageError, match="a sample must hold values"):
        source_at(posterior=Points.of((RATE,), np.array([[0.5]])))


def test_every_input_is_drawn_by_its_name() -> None:
    """For each kind the names are unique, hold no constant, and the prior's median lies in its own support."""
    known = inputs()
    assert {item.kind for item in known.values()} == {"base", "parameters", "outside"}
    assert "outside:gdp_growth_persistence" not in known
    for item in known.values():
        low, high = item.support()
        assert low <= item.quantile(0.5) <= high


def test_stratified_members_hit_every_stratum_and_keep_their_own_luck() -> None:
    """Of eight stratified members each eighth of a value's mass has one; their individual luck is as it was."""
    source, plain = replace(source_at(), draws="stratified"), source_at()
    members = [source(index) for index in range(8)]
    priors = inputs()
    for name, values in (
        (RATE, [dict(member.base.drawn)["rd_intensity"] for member in members]),
        (SPEED, [member.parameters.rd_adjust_speed for member in members]),
    ):
        edges = [priors[name].quantile(share / 8) for share in range(1, 8)]
        assert sorted(np.searchsorted(edges, values)) == list(range(8))
    growth = {float(member.outside["known_2021"].gdp_growth[0, 1]) for member in members}
    assert len(growth) == 8
    assert [member.seed for member in members] == [plain(index).seed for index in range(8)]
    assert all(facts(one)["base"] != facts(plain(index))["base"] for index, one in enumerate(members))


def test_stratified_members_draw_rows_of_a_posterior_along_its_first_component() -> None:
    """Eight members take one row of each eighth of the sample, ordered along the direction in which it varies most."""
    shares = np.random.default_rng(1).permutation(64) / 64
    rows = np.column_stack([0.0255 + 0.002 * shares, 0.2 + 0.2 * shares])
    source = replace(source_at(posterior=Points.of((RATE, SPEED), rows, "value")), draws="stratified")
    taken = [source(index).parameters.rd_adjust_speed for index in range(8)]
    assert sorted(np.floor((np.array(taken) - 0.2) / 0.2 * 8 + 1e-9)) == list(range(8))


def test_rows_lie_in_the_order_of_their_first_component_whatever_their_units() -> None:
    """Three columns, one in billions and one constant: rows are ordered by what two of them share, and none is lost."""
    shares = np.random.default_rng(2).permutation(50)
    rows = np.column_stack([1e9 * shares, shares + 0.1, np.full(50, 3.0)])
    order = along_component(Points.of(("a", "b", "c"), rows, "value"))
    assert shares[order].tolist() in (list(range(50)), list(range(49, -1, -1)))


def test_unknown_draws_are_refused_when_the_source_is_made() -> None:
    """A way to draw that does not exist is refused before any member is made."""
    with pytest.raises(UsageError, match="draws 'sobol' do not exist"):
        MemberSource(draws="sobol")
