"""9. Demography, births: entry in every city, and the firms of teams and parks that would not have been founded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numba as nb
import numpy as np

from model.accounts import FIRM_CLASSES
from model.base import NO_CERTIFICATE
from model.capital.funds import BOOST_QUARTERS
from model.carriers import entry_factor, extra_births
from model.compiled import RULE
from model.firms.births import BirthSlots, Cause, pick_in_city, pick_rows
from model.firms.ladder import firms_in_added_space
from model.firms.table import N_KINDS, SMALL_FIRM_TAX_RATE

if TYPE_CHECKING:
    from model.economy import Economy

_BIRTH_ROOM = 3.0
_TEAM_ROOM = 4.0
_PARK_ROOM = 2.0
_CLASS_AT_BIRTH = FIRM_CLASSES.index("tech_sme")
"""Newborn firms resemble small technology firms, and start without a certificate."""
BY_PROGRAMME = ("enclave_rd", "displaced_rd", "voucher_rd", "bought_knowledge", "pledged", "by_pool")
"""Columns that the district's programmes fill anew each quarter, or that a bank elsewhere does not take over."""
_NOT_INHERITED = (
    *BY_PROGRAMME,
    "above_scale",
    "champion",
    "cash",
    "debt",
    "boost_left",
    "finance_opening",
    "financed",
    "patents",
)
"""Columns in which a newborn firm starts at zero, whatever firm it resembles."""


class Templates(NamedTuple):
    """Small technology firms by city."""

    rows: np.ndarray
    """(n_cities, k) a line of each city, longer than there are firms of it."""
    n: np.ndarray
    """(n_cities,) how many of each line there are."""


def open_births(economy: Economy) -> None:
    """Slots of each cause: entry in every city, then founder teams and the space of parks, which are the district's."""
    p, neutral = economy.p, economy.neutral
    economy.births_for_park_space = (
        firms_in_added_space(replace(neutral, park_space=neutral.park_space + 1e6), p) * p.cluster_net_entry_share
    )
    economy.birth_city = np.array([*range(economy.base.n_cities), 0, 0])
    economy.birth_weight = economy.firms_an_agent[economy.birth_city].astype(np.int32)
    economy.birth_slots = BirthSlots(
        [
            *(
                Cause("entry", city, births, _BIRTH_ROOM)
                for city, births in enumerate(economy.births_expected.tolist())
            ),
            Cause("talent team", 0, p.project_additional_share * neutral.talent_teams / 4.0, _TEAM_ROOM),
            Cause("park", 0, economy.births_for_park_space, _PARK_ROOM),
        ]
    )


def firms_are_born(economy: Economy, templates: Templates) -> None:
    """Entry at the rate of 2020 in every city; what carriers, teams, parks and reform add to it at home."""
    ids, cause = economy.birth_slots.bear(economy.seed, economy.quarter, _chance_scales(economy))
    economy.books.events["teams_founded"] += economy.policy.talent_teams / 4.0
    parents = picked_in_city(economy, "template", ids, economy.birth_city[cause], templates)
    if len(ids) and cause[-1] >= economy.base.n_cities:
        _choose_for_programmes(economy, ids, cause, templates, parents)
    born = (parents >= 0).nonzero()[0]
    if not len(born):
        return
    if len(born) < len(ids):
        ids, cause, parents = ids[born], cause[born], parents[born]
    city, weight = economy.birth_city[cause], economy.birth_weight[cause]
    added = _append(economy, ids, parents, city, weight)
    economy.books.post_firms("births", city, _CLASS_AT_BIRTH, weight)
    if cause[-1] >= economy.base.n_cities:
        teams, parks = (added.start + (cause == economy.base.n_cities + at).nonzero()[0] for at in (0, 1))
        _fund_teams(economy, teams)
        _count_parks(economy, parks)


def _chance_scales(economy: Economy) -> list[float]:
    """Births of each cause over those of 2020; carriers, institutes and an easier start change those at home."""
    policy, p, neutral = economy.policy, economy.p, economy.neutral
    entry = [1.0] * economy.base.n_cities
    expected = float(economy.births_expected[0])
    if expected > 0.0:
        admitted = economy.carriers["incubation"].admitted() - economy.carriers_2020["incubation"].admitted()
        entry[0] = max(entry_factor(policy, p) + extra_births(policy, p, admitted) / expected, 0.0)
    teams = max(policy.talent_teams / neutral.talent_teams - 1.0, 0.0)
    in_parks, a_million = firms_in_added_space(policy, p) * p.cluster_net_entry_share, economy.births_for_park_space
    return [*entry, teams, in_parks / a_million if a_million > 0.0 else 0.0]


def _choose_for_programmes(
    economy: Economy, ids: np.ndarray, cause: np.ndarray, templates: Templates, parents: np.ndarray
) -> None:
    """Set whom firms born of teams resemble, firms that do R&D, and those born in parks, industrial ones."""
    f, small = economy.firms, templates.rows[0, : templates.n[0]]
    for at, pool in enumerate((small[f.rd_intensity[small] > 0.0], small[f.kind[small] >= 0.0])):
        mine = (cause == economy.base.n_cities + at).nonzero()[0]
        parents[mine] = -1
        if len(mine) and len(pool):
            keys = economy.luck_key("template"), economy.luck_key("template position")
            parents[mine] = pick_rows(keys[0], ids[mine], keys[1], f.firm_id, pool)


def picked_in_city(
    economy: Economy, stream: str, ids: np.ndarray, city: np.ndarray, candidates: Templates
) -> np.ndarray:
    """One of the rows of its city for each id, below zero where there is none.

    That another firm was born or closed moves hardly anybody's pick.
    """
    draw, position = economy.luck_key(stream), economy.luck_key(f"{stream} position")
    return np.asarray(pick_in_city(draw, ids, city, position, economy.firms.firm_id, *candidates))


def _fund_teams(economy: Economy, rows: np.ndarray) -> None:
    """Private investors from elsewhere put money into the firms of founder teams, which grow as venture-backed ones."""
    f, amount = economy.firms, economy.p.team_private_capital
    if not len(rows):
        return
    f.cash[rows] += amount
    economy.books.post_capital("private", 0, amount * len(rows))
    f.boost_left[rows] = BOOST_QUARTERS
    economy.books.post_flow("capital", len(economy.base.places) - 1, 0, amount * len(rows))


def _count_parks(economy: Economy, rows: np.ndarray) -> None:
    """Electronics firms born for park space: the model has no single parks."""
    if len(rows):
        electronics = np.array([cluster.cluster_id == "electronic_information" for cluster in economy.base.clusters])
        economy.books.events["park_firms_attracted"] += float(electronics[economy.firms.cluster[rows]].sum())


def _append(economy: Economy, ids: np.ndarray, templates: np.ndarray, city: np.ndarray, weight: np.ndarray) -> slice:
    """Newborn rows that resemble existing firms: no certificate, no debt, not above scale, knowledge in proportion."""
    own = {
        "firm_id": ids,
        "weight": weight,
        "born": economy.quarter,
        "certified_until": NO_CERTIFICATE,
        "tax_rate": SMALL_FIRM_TAX_RATE,
    }
    return append_resembling(economy, templates, city, economy.p.entrant_size_share, own, _NOT_INHERITED)


def append_resembling(
    economy: Economy,
    templates: np.ndarray,
    city: np.ndarray,
    size: float,
    own: dict[str, Any],
    blank: tuple[str, ...],
) -> slice:
    """Rows in a city that do what others do; each firm has the output, knowledge and patents of a template's firm.

    ``size`` is that of a firm over its template's. What rows have of their ``own`` they do not take over, nor what is
    to be ``blank``.
    """
    f = economy.firms
    added = f.append_like(templates, blank, **own)
    _scale(
        added.start, templates, size, f.weight, f.demand, f.value_added, f.knowledge, f.knowledge_reference, f.patents
    )
    _settle(added.start, city, f.city, f.site, f.group, economy.base.site_city)
    return added


@nb.njit(**RULE)
def _scale(first, templates, size, weight, demand, value_added, knowledge, knowledge_reference, patents):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202, PLR0913, PLR0917 - compiled
    """Leave new rows, from the ``first`` on, with the output, knowledge and patents that their firms have."""
    for k, template in enumerate(templates):
        row = first + k
        part = size * weight[row] / weight[template]
        for column in (demand, value_added, knowledge, knowledge_reference, patents):
            column[row] *= part


@nb.njit(**RULE)
def _settle(first, to, city, site, group, site_city):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - compiled
    """Put new rows into a city each, (k,) ``to``: who is of another goes to its first site, and produces there."""
    for k, there in enumerate(to):
        row = first + k
        if city[row] != there:
            new_site = 0
            while site_city[new_site] < there:
                new_site += 1
            group[row] += N_KINDS * (new_site - site[row])
            city[row], site[row] = there, new_site
