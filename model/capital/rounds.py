"""Rounds of venture money: who is funded, from which city, what is paid, and what comes back."""

from __future__ import annotations

import math

import numba as nb
import numpy as np

from model.capital.funds import BOOST_QUARTERS, YOUNG_QUARTERS
from model.columns import few_rows_where, of_rows, rows_where, sums_by_label
from model.compiled import RULE
from model.streams import child, unit, units


@nb.njit(**RULE)
def eligible(tech_sme, above_scale, born, alive, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) young technology firms below the above-scale threshold: those whom funds screen; all arrays (n,)."""
    screens = np.empty(alive.size, np.bool_)
    for i in range(alive.size):
        screens[i] = alive[i] & tech_sme[i] & (not above_scale[i]) & (quarter - born[i] < YOUNG_QUARTERS)
    return screens


@nb.njit(**RULE)
def screened(among, city, weight, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of those ``among`` all whom funds screen, and (n_cities,) firms that they are; all arrays (n,)."""
    firms = np.empty(n_cities)
    for at in range(n_cities):
        n = 0
        for i in range(city.size):
            n += weight[i] * (among[i] & (city[i] == at))
        firms[at] = n
    return rows_where(among), firms


@nb.njit(**RULE)
def expected_with_each(rows, city, each):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n,) deals of all funds expected with one firm of each row, by those of each fund, ``each`` (n_cities, n_cities).

    Zero for rows not named.
    """
    of_all, expected = np.zeros(each.shape[1]), np.zeros(city.size)
    for at in range(each.shape[0]):
        for there in range(each.shape[1]):
            of_all[there] += each[at, there]
    for row in rows:
        expected[row] = of_all[city[row]]
    return expected


@nb.njit(**RULE)
def firms_held(fund, firm, amount, alive, city, n_cities):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Living firms in which the fund of each city holds shares.

    Parameters
    ----------
    fund, firm, amount : (n_holdings,) of the table of holdings.
    alive, city : (n_firms,).

    Returns
    -------
    (k,) rows of firms by city of the fund, (n_cities,) where those of each end, and (n_cities, n_cities) how many there
    are, by city of fund and of firm.
    """
    # A bit of each firm for each fund, so that it counts once for all rounds; a row without a sign is found sooner.
    held, number = np.zeros(alive.size, np.int64), np.zeros((n_cities, n_cities), np.int64)
    for i in range(amount.size):
        held[np.uint32(firm[i])] |= np.int64(amount[i] != 0.0) << fund[i]
    by_any = np.empty(alive.size, np.bool_)
    for row in range(alive.size):
        by_any[row] = alive[row] & (held[row] != 0)
    some = rows_where(by_any)
    rows, ends, found = np.empty(n_cities * some.size + 1, np.int64), np.zeros(n_cities, np.int64), 0
    for at in range(n_cities):
        for row in some:
            by_this = held[row] >> at & 1
            rows[found] = row
            found += by_this
            number[at, city[row]] += by_this
        ends[at] = found
    return rows[:found], ends, number


@nb.njit(**RULE)
def deals_of_cities(invested, planned, by_policy, in_force, deal_size):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(n_cities, n_cities) twice: deals expected in a quarter under the policy of 2020, and what makes others of them.

    The first four are the ``pace`` of `strike_rounds`. What an early link adds is a lever's and is not offset
    elsewhere, as what the plan's dates bring is.
    """
    expected, change = np.empty(planned.shape), np.empty(planned.shape)
    for at in range(planned.shape[0]):
        for city in range(planned.shape[1]):
            expected[at, city] = invested[at, city] / 4.0 / deal_size * planned[at, city]
            change[at, city] = by_policy[at, city] * in_force[at, city] / planned[at, city]
    return expected, change


@nb.njit(**RULE)
def deals_with_each(expected, change, firms, held, follow_on):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Deals expected with one firm, all arrays by city of the fund and of the firm.

    Staged finance: part of a city's money goes to firms there that the fund already holds, if there are any; it is
    spread evenly over them.

    Parameters
    ----------
    expected : (n_cities, n_cities) deals under the policy of 2020.
    change : (n_cities, n_cities) what policy and early links make of them.
    firms : (n_cities,) that funds screen.
    held : (n_cities, n_cities) firms that the fund holds.
    follow_on : share of the money for firms held.

    Returns
    -------
    (n_cities, n_cities) three times: under the policy of 2020; first rounds and later ones under that in force.
    """
    usual, first, later = np.zeros(expected.shape), np.zeros(expected.shape), np.zeros(expected.shape)
    for at in range(expected.shape[0]):
        for city in range(expected.shape[1]):
            if firms[city] > 0.0:
                usual[at, city] = expected[at, city] / firms[city]
            kept = 1.0 - follow_on if held[at, city] > 0 else 1.0
            first[at, city] = usual[at, city] * change[at, city] * kept
            if held[at, city] > 0:
                later[at, city] = follow_on * (expected[at, city] * change[at, city]) / held[at, city]
    return usual, first, later


@nb.njit(**RULE)
def number_of_deals(expected, luck):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Deals of one eligible agent: its expected number made whole by luck; more expected never means fewer."""
    return np.int64(math.floor(expected + luck))


@nb.njit(**RULE)
def deals_struck(luck_key, ids, city, firms, each):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Deals that a fund strikes with some agents.

    Parameters
    ----------
    luck_key : of the stream that makes expected numbers whole.
    ids, city, firms : (k,) of those whom it looks at: id, city, firms that the agent stands for.
    each : (n_cities,) deals expected with one firm of each city.

    Returns
    -------
    (j,) places among the k of those with whom it strikes any, ascending, and (j,) how many.
    """
    luck, places, deals, n = np.empty(ids.size), np.empty(ids.size + 1, np.int64), np.empty(ids.size + 1, np.int64), 0
    units(luck_key, ids, luck)
    for k in range(ids.size):
        places[n], deals[n] = k, number_of_deals(each[city[k]] * firms[k], luck[k])
        n += deals[n] > 0
    return places[:n], deals[:n]


@nb.njit(**RULE)
def rounds_struck(keys, young, held, ends, first, later, agents):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Deals of all funds, of one after another: its first rounds, and then its later ones.

    Parameters
    ----------
    keys : (n_cities, 2) of the streams of luck of each fund, for first rounds and for later ones.
    young : (k,) rows of the firms that funds screen.
    held, ends : of the firms that each fund holds: `firms_held`.
    first, later : (n_cities, n_cities) deals expected with one firm, by city of the fund and of the firm.
    agents : (n,) each: id, city, weight.

    Returns
    -------
    (4, m) city of the fund, 0 for a first round and 1 for a later one, row of the firm, deals with it.
    """
    firm_id, city, weight = agents
    struck, n = np.empty((4, keys.shape[0] * young.size + held.size), np.int64), 0
    young_ids, young_city, young_weight = of_rows(firm_id, young), of_rows(city, young), of_rows(weight, young)
    # A fund holds one firm of an agent that stands for many.
    held_ids, held_city, one = of_rows(firm_id, held), of_rows(city, held), np.ones(held.size, weight.dtype)
    for at in range(keys.shape[0]):
        start, end = ends[at - 1] if at else 0, ends[at]
        for stage in range(2):
            if stage == 0:
                rows, ids, there, firms, each = young, young_ids, young_city, young_weight, first
            else:
                rows, ids, there = held[start:end], held_ids[start:end], held_city[start:end]
                firms, each = one[start:end], later
            places, deals = deals_struck(keys[at, stage], ids, there, firms, each[at])
            for j in range(places.size):
                struck[0, n], struck[1, n], struck[2, n], struck[3, n] = at, stage, rows[places[j]], deals[j]
                n += 1
    return struck[:, :n]


@nb.njit(**RULE)
def strike_rounds(quarter, keys, pace, terms, agents, status, holdings):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Funds screen young firms, look at those that they hold, and strike deals.

    Parameters
    ----------
    keys : as in `rounds_struck`.
    pace : (n_cities, n_cities) each, by city of the fund and of the firm: yuan invested in 2020, and factors on it by
        the plan's journeys, by policy, and by journeys in force.
    terms : share of the money for firms held, yuan a deal.
    agents, status, holdings : columns as in `rounds_struck`, `eligible` and `firms_held`.

    Returns
    -------
    `rounds_struck`; (n_cities,) yuan that each city's fund wants for them; and `expected_with_each` under the policy
    of 2020.
    """
    (_, city, weight), alive, n_cities, (follow_on, deal_size) = agents, status[3], keys.shape[0], terms
    expected, change = deals_of_cities(*pace, deal_size)
    young, n_young = screened(eligible(*status, quarter), city, weight, n_cities)
    held, ends, n_held = firms_held(*holdings, alive, city, n_cities)
    usual, first, later = deals_with_each(expected, change, n_young, n_held, follow_on)
    struck = rounds_struck(keys, young, held, ends, first, later, agents)
    amount, stage, wanted = np.empty(struck.shape[1]), np.empty(struck.shape[1], np.int64), np.empty(n_cities)
    for k in range(amount.size):
        amount[k], stage[k] = struck[3, k] * deal_size, 2 * struck[0, k] + struck[1, k]
    by_stage = sums_by_label(amount, stage, 2 * n_cities)
    for at in range(n_cities):
        wanted[at] = by_stage[2 * at] + by_stage[2 * at + 1]
    return struck, wanted, expected_with_each(young, city, usual)


@nb.njit(**RULE)
def pay_rounds(struck, share, deal_size, holding_key, agents, accounts, posted):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """One fund's outflow is one firm's inflow, posted in place; a firm may close a first and a later round at once.

    A single firm grows on it; if it already did, its three years start anew, and the effect does not add up.

    Parameters
    ----------
    struck : `rounds_struck`; ``share`` : (n_cities,) of the money for them that each fund has.
    holding_key : of the ids of new holdings.
    agents, accounts : (n,) each: id, city, weight; cash, quarters of growth still to come.
    posted : (n_cities,) yuan invested, the same received, (n_places, n_places) that flows.

    Returns
    -------
    (m,) ids of the holdings, and (m,) yuan that they cost.
    """
    (firm_id, city, weight), (cash, boost_left), (invested, received, flows) = agents, accounts, posted
    ids, amount = np.empty(struck.shape[1], np.uint64), np.empty(struck.shape[1])
    for k in range(amount.size):
        fund, stage, row, deals = struck[0, k], struck[1, k], struck[2, k], struck[3, k]
        amount[k] = deals * deal_size * share[fund]
        ids[k] = child(holding_key, firm_id[row], fund + stage * share.size)
        cash[row] += amount[k]
        if weight[row] == 1:
            boost_left[row] = BOOST_QUARTERS
        invested[fund] += amount[k]
        received[city[row]] += amount[k]
        flows[fund, city[row]] += amount[k]
    return ids, amount


@nb.njit(**RULE)
def holdings_sold(amount, holding_id, luck_key, chance):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Rows of open holdings that funds sell this quarter, each with the same chance; ``amount`` (n,) of closed is 0."""
    leaves = np.empty(amount.size, np.bool_)
    for i in range(amount.size):
        leaves[i] = (unit(luck_key, holding_id[i]) < chance) & (amount[i] != 0.0)
    return few_rows_where(leaves)


@nb.njit(**RULE)
def sell_holdings(luck_key, chance, multiple, holdings, posted, elsewhere):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Funds sell holdings at a multiple of their cost to buyers elsewhere and pay their investors, who are there too.

    Parameters
    ----------
    holdings : (n,) each: fund, amount, id.
    posted : (n_cities,) yuan sold, the same distributed, (n_places, n_places) that flows; these too in place.
    """
    (fund, amount, holding_id), (sold, distributed, flows) = holdings, posted
    for row in holdings_sold(amount, holding_id, luck_key, chance):
        at, proceeds = fund[row], amount[row] * multiple
        sold[at] += proceeds
        distributed[at] += proceeds
        flows[elsewhere, at] += proceeds
        flows[at, elsewhere] += proceeds
        amount[row] = 0.0
