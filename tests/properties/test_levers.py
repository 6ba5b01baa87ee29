"""What each lever changes in the first quarter in which it acts, and what it leaves exactly alone.

Two worlds share all luck; one of them has one lever at its strong level, at once. After one quarter, before anybody has
answered anybody else, every column of every table is compared to the last bit.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import numpy as np
import pytest

from model.base import Member
from model.economy import Economy
from model.parameters import Parameters
from model.policy import Lever, PolicyPath
from model.quarter import labour
from model.talent.choice import choose_place
from scenarios.levers import BY_ID, LEVERS

MEMBERS = 8
LANDINGS = frozenset({"landings", "output elsewhere", "loans elsewhere"})
"""Firms that land leave other cities with their part of output and of loans."""
TOUCHES: dict[str, frozenset[str]] = {
    "angel_fund": frozenset({"venture money at home", "output at home"}),
    "biz_env_reform": frozenset({"births at home", "closings at home", "output at home", "rungs at home"}),
    "cluster_building": frozenset({"births at home", "rungs at home"}),
    "digital_infra": frozenset({"output at home", "rungs at home", "certificates at home"}),
    "firm_ladder": frozenset({"certificates at home", "R&D at home", "rungs at home"}),
    "flexible_recruitment": frozenset({"knowledge at home"}),
    "fly_in_enclave": LANDINGS,
    "hr_market_integration": frozenset({"talents to or from home"}),
    "incubator_chain": frozenset({"births at home", "output at home", "rungs at home"}),
    "innovation_voucher": frozenset({"R&D by vouchers", "knowledge at home"}),
    "patent_pledge": frozenset({"loans at home"}),
    "pilot_test_base": frozenset({"knowledge at home"}),
    "postdoc_support": frozenset({"talents to or from home"}),
    "public_services": frozenset({"talents to or from home"}),
    "rd_toolbox_subsidy": frozenset({"R&D at home", "knowledge at home", "certificates at home"}),
    "risk_pool_loan": frozenset({"loans at home"}),
    "sh_fin_inst": frozenset({"venture money at home", "output at home", "loans at home"}),
    "sh_sci_enclave": frozenset({"R&D in the enclave", "R&D replaced", "knowledge at home"}),
    "sh_talent_express": frozenset({"talents to or from home"}),
    "sister_incubator_link": LANDINGS | {"venture money at home", "output at home"},
    "talent_enclave_sh": frozenset({"R&D in the enclave", "R&D replaced", "knowledge at home"}),
    "talent_enclave_yz": LANDINGS | {"talents to or from home"},
    "talent_plan_teams": frozenset({"births at home", "talents to or from home"}),
    "talent_referral_reward": frozenset({"talents to or from home"}),
    "talent_subsidy_grad": frozenset({"talents to or from home"}),
    "talent_subsidy_senior": frozenset({"talents to or from home", "births at home"}),
    "tech_transfer_base": frozenset({"knowledge at home", "R&D replaced"}),
    "univ_institutes": frozenset({"R&D of institutes", "births at home", "posts"}),
}
"""By lever; whatever is not named must not change at all."""


Choices = dict[int, int]
"""Talent id -> place chosen."""


@contextmanager
def first_quarter(member: Member, lever: Lever | None) -> Iterator[tuple[Economy, Choices]]:
    """Run one quarter, with a lever at its strong level from the first day or with none."""
    levers = tuple(replace(one, lag_quarters=0) for one in LEVERS)
    row = [[one.baseline, one.strong if lever and one.lever_id == lever.lever_id else one.baseline] for one in levers]
    economy = Economy(
        member.base,
        Parameters.central(),
        member.outside["known_2021"],
        PolicyPath("one lever", "", "", levers, np.array(row)),
        member.seed,
    )
    chosen: Choices = {}

    def watched(odds: np.ndarray, group: np.ndarray, talents: np.ndarray, luck: np.uint64) -> np.ndarray:
        places = choose_place(odds, group, talents, luck)
        chosen.update(zip(talents.tolist(), places.tolist(), strict=True))
        return places

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(labour, "choose_place", watched)
        economy.step()
    yield economy, chosen
    economy.close()


def changes(one: tuple[Economy, Choices], two: tuple[Economy, Choices]) -> set[str]:
    """Say which parts of two worlds differ."""
    parts: dict[str, Callable[[Economy], object]] = {
        "births at home": lambda e: e.books.firms[0, 0].tolist(),
        "births elsewhere": lambda e: e.books.firms[0, 1:].tolist(),
        "landings": lambda e: e.books.firms[1].tolist(),
        "closings at home": lambda e: _of(e, "alive"),
        "closings elsewhere": lambda e: _of(e, "alive", away=True),
        "R&D at home": lambda e: _of(e, "rd_intensity"),
        "R&D elsewhere": lambda e: _of(e, "rd_intensity", away=True),
        "R&D in the enclave": lambda e: e.firms.enclave_rd.sum(),
        "R&D by vouchers": lambda e: e.firms.voucher_rd.sum(),
        "R&D replaced": lambda e: e.firms.displaced_rd.sum(),
        "R&D of institutes": lambda e: e.institute_rd_added,
        "knowledge at home": lambda e: e.research_history[-1][_opening(e)].tolist(),
        "knowledge elsewhere": lambda e: e.research_history[-1][_opening(e, away=True)].tolist(),
        "certificates at home": lambda e: _of(e, "certified_until"),
        "rungs at home": lambda e: (_of(e, "above_scale"), _of(e, "champion")),
        "rungs elsewhere": lambda e: _of(e, "above_scale", away=True),
        "loans at home": lambda e: _of(e, "debt"),
        "loans elsewhere": lambda e: _of(e, "debt", away=True),
        "venture money at home": lambda e: _of(e, "boost_left"),
        "venture money elsewhere": lambda e: _of(e, "boost_left", away=True),
        "output at home": lambda e: _of(e, "demand"),
        "output elsewhere": lambda e: _of(e, "demand", away=True),
        "posts": lambda e: e.staff_wanted.tolist(),
    }
    differing = {name for name, read in parts.items() if read(one[0]) != read(two[0])}
    return differing | _moves_changed(*one, *two)


def _moves_changed(one: Economy, before: Choices, two: Economy, after: Choices) -> set[str]:
    """Say whose choice of a place differs, and who comes from outside in one world only."""
    came = [economy.candidates.talent_id.tolist() for economy in (one, two)]
    if came[0] != came[1]:
        return {"talents to or from home"}
    at_home = set(one.base.talents.talent_id[one.base.talents.city == 0].tolist())
    names = set()
    for talent in before.keys() | after.keys():
        if before[talent] != after[talent]:
            here = 0 in {before[talent], after[talent]} or talent in at_home
            names.add("talents to or from home" if here else "talents between others")
    return names


def _opening(economy: Economy, *, away: bool = False) -> np.ndarray:
    """Rows of the firms of 2020 of the district or of the other cities, by where they stood then."""
    return np.flatnonzero((economy.base.firms.city > 0) == away)


def _of(economy: Economy, column: str, *, away: bool = False) -> object:
    """Read a column of the firms of 2020."""
    return getattr(economy.firms, column)[_opening(economy, away=away)].tolist()


def test_every_lever_is_listed() -> None:
    """The table above names all levers but the openings, which act in the quarter in which a link opens."""
    assert set(TOUCHES) == set(BY_ID) - {"transport_opening"}


@pytest.fixture(name="usual", scope="module")
def _usual(draw: Callable[..., Member]) -> Iterator[list[tuple[Member, tuple[Economy, Choices]]]]:
    """Members and their first quarter under the policy of 2020."""
    members = [draw(index) for index in range(MEMBERS)]
    with ExitStack() as worlds:
        yield [(member, worlds.enter_context(first_quarter(member, None))) for member in members]


@pytest.mark.parametrize("lever_id", sorted(TOUCHES))
def test_a_lever_changes_those_who_face_it_and_nobody_else(
    usual: list[tuple[Member, tuple[Economy, Choices]]], lever_id: str
) -> None:
    """What differs after one quarter is what the lever's channel names, and nothing else, to the last bit."""
    touched: set[str] = set()
    for member, world in usual:
        with first_quarter(member, BY_ID[lever_id]) as moved:
            touched |= changes(world, moved)
    assert touched == TOUCHES[lever_id]


def test_a_higher_award_leaves_the_reference_path_alone(draw: Callable[..., Member]) -> None:
    """Who is certified for the award alone reports more R&D, now and later; what would be without it does not move."""
    differing = 0
    for index in range(MEMBERS):
        member = draw(index)
        with first_quarter(member, None) as world, first_quarter(member, BY_ID["firm_ladder"]) as moved:
            usual, awarded = world[0].firms, moved[0].firms
            np.testing.assert_array_equal(usual.rd_reference_opening, awarded.rd_reference_opening)
            np.testing.assert_array_equal(usual.rd_reference, awarded.rd_reference)
            differing += int((usual.rd_intensity_opening != awarded.rd_intensity_opening).sum())
    assert differing > 0
