"""Declared parameters: what each declaration says, central values, replacement and draws."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from model.errors import ParameterError
from model.parameters import Declaration, Parameters, declarations
from model.parameters.declare import check_bounds, parameter
from model.priors import Beta, Fixed, Normal, Prior, Triangular, TruncNormal, Uniform
from model.streams import key, uniform

ALL = declarations(Parameters)
BLOCKS = {"capital", "carriers", "firms", "instruments", "research", "talent", "transport"}


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.name)
def test_every_declaration_is_complete(item: Declaration) -> None:
    """Each parameter has a meaning, a symbol, a unit, a source, a known status, a prior and a block."""
    assert len(item.meaning) > 10
    assert item.symbol.strip()
    assert item.unit.strip()
    assert item.source.strip()
    assert item.status in {"measured", "borrowed", "assumed"}
    assert isinstance(item.prior, Prior)
    assert item.block in BLOCKS


@pytest.mark.parametrize("item", ALL, ids=lambda item: item.name)
def test_central_value_lies_within_its_prior(item: Declaration) -> None:
    """The central value lies between the 1 % and 99 % points of its prior, or is the fixed value."""
    assert item.prior.quantile(0.01) <= item.central <= item.prior.quantile(0.99)


def test_a_declaration_is_read_back_as_written() -> None:
    """Name, value, unit, prior, status and block of one declaration come back from the class."""
    item = next(item for item in ALL if item.name == "hnte_cit_rate")
    assert (item.central, item.unit, item.prior, item.status) == (0.15, "share", Fixed(0.15), "assumed")
    assert item.block == "research"


def test_every_block_is_in_the_parameters() -> None:
    """All blocks declare parameters, and no name and no symbol is declared twice."""
    assert {item.block for item in ALL} == BLOCKS
    assert len({item.symbol for item in ALL}) == len(ALL)
    assert len({item.name for item in ALL}) == len(ALL) == len(Parameters.central().as_dict())


def test_central_holds_the_central_values() -> None:
    """The central parameters are the declared central values, by name."""
    assert Parameters.central().as_dict() == {item.name: item.central for item in ALL}


def test_with_values_replaces_what_is_named_and_nothing_else() -> None:
    """Two values are replaced, all others stay central."""
    changed = Parameters.with_values(rd_adjust_speed=0.4, loss_share=0.3)
    assert changed == replace(Parameters.central(), rd_adjust_speed=0.4, loss_share=0.3)


def test_with_values_reports_all_problems_at_once() -> None:
    """Two unknown names and two values out of range give four lines; a misspelt name gets the nearest known one."""
    with pytest.raises(ParameterError) as caught:
        Parameters.with_values(rd_adjust_sped=0.4, hnte_cit_rate=0.9, loss_share=-3.0, zzzz=1.0, exit_horizon=6.0)
    lines = caught.value.lines()
    assert len(lines) == 4
    assert "rd_adjust_sped" in lines[0]
    assert "did you mean 'rd_adjust_speed'?" in lines[0]
    assert "hnte_cit_rate: 0.9" in lines[1]
    assert "loss_share: -3" in lines[2]
    assert "zzzz does not exist; known: " in lines[3]


@pytest.mark.parametrize(
    ("value", "prior"),
    [
        (0.15, Fixed(0.15)),
        (0.0, Normal(0.0, 0.08)),
        (-0.9999, Uniform(-1.0, 1.0)),
        (0.9999, Uniform(-1.0, 1.0)),
        (0.5, TruncNormal(0.3, 0.15, 0.0, 0.8)),
    ],
)
def test_bounds_let_values_inside_pass(value: float, prior: Prior) -> None:
    """A value inside the prior's support is accepted."""
    check_bounds("x", value, prior)


@pytest.mark.parametrize(
    ("value", "prior"),
    [
        (0.0, TruncNormal(0.3, 0.15, 0.0, 0.8)),
        (0.2, TruncNormal(0.09, 0.025, 0.0, 0.2)),
        (10.0, Triangular(10.0, 25.0, 45.0)),
        (0.0, Beta(2.0, 998.0)),
        (1.0, Uniform(-1.0, 1.0)),
    ],
)
def test_bounds_let_the_declared_ends_pass(value: float, prior: Prior) -> None:
    """The declared ends of a bounded prior are inside its range, so that an effect may be set to nil."""
    check_bounds("x", value, prior)


@pytest.mark.parametrize(
    ("value", "prior"),
    [
        (0.150001, Fixed(0.15)),
        (1.001, Uniform(-1.0, 1.0)),
        (0.81, TruncNormal(0.3, 0.15, 0.0, 0.8)),
        (-0.01, TruncNormal(0.3, 0.15, 0.0, 0.8)),
        (9.9, Triangular(10.0, 25.0, 45.0)),
        (float("nan"), Uniform(-1.0, 1.0)),
        (float("inf"), Normal(0.0, 1.0)),
    ],
)
def test_bounds_stop_values_outside(value: float, prior: Prior) -> None:
    """A value outside the prior's support, or no number, is refused with name and value."""
    with pytest.raises(ParameterError, match=f"parameter x: {value:g} is outside"):
        check_bounds("x", value, prior)


def test_a_draw_is_keyed_by_seed_name_and_member() -> None:
    """Each drawn value is the quantile of its own uniform number, keyed by seed, name and member."""
    drawn = Parameters.draw(5, 7).as_dict()
    member = np.array([7], np.uint64)
    assert drawn == {
        item.name: item.prior.quantile(float(uniform(key(5, f"parameter:{item.name}"), member)[0])) for item in ALL
    }


def test_a_new_parameter_reshuffles_nobody() -> None:
    """Declaring one more parameter leaves the draws of all others as they were."""

    @dataclass(frozen=True)
    class Extended(Parameters):
        newcomer: float = parameter(
            0.5,
            "A parameter added later.",
            symbol="x",
            unit="share",
            prior=Uniform(0.0, 1.0),
            status="assumed",
            source="this test",
        )

    before, after = Parameters.draw(1, 3).as_dict(), Extended.draw(1, 3).as_dict()
    assert set(after) - set(before) == {"newcomer"}
    assert {name: after[name] for name in before} == before


@pytest.mark.parametrize(("seed", "member"), [(2, 0), (1, 1)])
def test_another_seed_or_member_draws_other_values(seed: int, member: int) -> None:
    """Every continuous parameter changes when the seed or the member does, and no fixed one does."""
    first, second = Parameters.draw(1, 0).as_dict(), Parameters.draw(seed, member).as_dict()
    for item in ALL:
        if isinstance(item.prior, Fixed):
            assert first[item.name] == second[item.name] == item.prior.value
        elif isinstance(item.prior, Beta | Normal | TruncNormal | Triangular):
            assert first[item.name] != second[item.name]


def test_draws_follow_the_prior() -> None:
    """Of 2000 members a quarter draws a value below the prior's lower quartile, to four standard errors."""
    prior = next(item.prior for item in ALL if item.name == "rd_adjust_speed")
    quartile = prior.quantile(0.25)
    luck = uniform(key(1, "parameter:rd_adjust_speed"), np.arange(2000, dtype=np.uint64))
    below = np.mean([prior.quantile(float(u)) < quartile for u in luck])
    assert abs(below - 0.25) < 4 * (0.25 * 0.75 / 2000) ** 0.5
    assert Parameters.draw(1, 11).rd_adjust_speed == prior.quantile(float(luck[11]))
