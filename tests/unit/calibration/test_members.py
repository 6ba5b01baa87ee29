"""Members are the same in any order, and each of the four uncertainties can be held."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from calibration.members import MemberSource, data_hash, member_seed
from model.base import Member
from model.commands import BOUNDS
from model.errors import DataError, UsageError


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
