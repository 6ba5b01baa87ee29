"""Programmes of the district beyond those of 2020, which reach some of its firms, most of them in an order of luck.

Fewer places than in 2020 take away what they brought.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from model.carriers import displaced_research, in_order_of_luck, spread_in_order
from model.columns import of_rows, rows_where, summed
from model.compiled import RULE
from model.streams import units


@nb.njit(**RULE)
def first_in_line(luck_key, firm_id, rows, places):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) of some rows, as `in_order_of_luck`, by the luck of a stream; ``firm_id`` (n,) of all firms."""
    luck = np.empty(rows.size)
    units(luck_key, of_rows(firm_id, rows), luck)
    return in_order_of_luck(rows, luck, places)


@nb.njit(**RULE)
def give_vouchers(luck_key, places, amount, shares, firms, voucher_rd):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """Vouchers reach small firms with R&D, in place; part of the research that they pay is additional.

    Parameters
    ----------
    places, amount : vouchers, and yuan of each in the quarter.
    shares : of that which is additional, and of this which is done at home.
    firms : (n,) each: id, city, above scale, R&D over value added.
    voucher_rd : (n,) yuan, zero before.
    """
    firm_id, city, above_scale, intensity = firms
    small = np.empty(city.size, np.bool_)
    for i in range(city.size):
        small[i] = (city[i] == 0) & (not above_scale[i]) & (intensity[i] > 0.0)
    order = first_in_line(luck_key, firm_id, rows_where(small), places)
    spread_in_order(voucher_rd, order, places, amount)
    for row in order:
        voucher_rd[row] = voucher_rd[row] * shares[0] * shares[1]


@nb.njit(**RULE)
def fill_enclave(luck_key, least_rd, programmes, relocated_share, firms, enclave_rd, displaced_rd):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Firms open teams in the enclave, in place, and do less R&D at home.

    Parameters
    ----------
    least_rd : yuan in the quarter, from which a firm opens a team.
    programmes : pairs of places and yuan a place: teams, seats.
    firms : (n,) each: id, city, R&D over value added, value added.
    enclave_rd, displaced_rd : (n,) yuan, zero before.
    """
    (firm_id, city, intensity, value_added), (teams, seats) = firms, programmes
    large = np.empty(city.size, np.bool_)
    for i in range(city.size):
        large[i] = (intensity[i] * value_added[i] >= least_rd) & (city[i] == 0)
    order = first_in_line(luck_key, firm_id, rows_where(large), max(abs(teams[0]), abs(seats[0])))
    spread_in_order(enclave_rd, order, *teams)
    spread_in_order(enclave_rd, order, *seats)
    for row in order:
        displaced_rd[row] = displaced_research(enclave_rd[row], intensity[row] * value_added[row], relocated_share)


@nb.njit(**RULE, error_model="numpy")
def buy_knowledge(added, shares, city, intensity, value_added, bought, displaced):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, PLR0913, PLR0917 - compiled
    """Spread contracts over firms in proportion to their R&D: knowledge that they buy, and own R&D that it replaces.

    Parameters
    ----------
    added : yuan in the quarter; fewer contracts than in 2020 take away.
    shares : of a contract that is knowledge, and that replaces own R&D.
    city, intensity, value_added : (n,) of all firms; only those of the district buy.
    bought, displaced : (n,) yuan, changed in place.
    """
    rd = np.empty(city.size)
    for i in range(rd.size):
        rd[i] = intensity[i] * value_added[i] * (city[i] == 0)
    total = summed(rd)
    if total > 0.0:
        for i in range(rd.size):
            contract = rd[i] / total * added
            bought[i] = shares[0] * contract
            displaced[i] += shares[1] * min(contract, rd[i])


@nb.njit(**RULE)
def grown_at_home(city, rd_intensity, above_scale, certified_until, quarter):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) rows of the district's firms with R&D that are above scale or certified: whom expertise can serve."""
    grown = np.empty(city.size, np.bool_)
    for i in range(city.size):
        on_ladder = above_scale[i] | (certified_until[i] >= quarter)
        grown[i] = (city[i] == 0) & (rd_intensity[i] > 0.0) & on_ladder
    return rows_where(grown)


@nb.njit(**RULE)
def serve(keys, places, effects, firm_id, rows):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201 - compiled
    """(k,) log of what programmes make of the R&D of some rows of firms (k,), each served in an order of its own.

    ``keys`` of their luck, ``places`` and ``effects`` on the log of R&D are one of each for a programme.
    """
    gain, all_of_them = np.zeros(rows.size), np.arange(rows.size)
    ids = of_rows(firm_id, rows)
    for luck_key, offered, effect in zip(keys, places, effects):  # noqa: B905 - compiled
        if offered != 0.0 and effect != 0.0:
            spread_in_order(gain, first_in_line(luck_key, ids, all_of_them, offered), offered, effect)
    return gain
