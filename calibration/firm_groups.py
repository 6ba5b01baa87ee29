"""A group of firms of one site and class while the base year is being built, and what all groups share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.spreading import even_points, triangular
from calibration.tables import Tables
from model.base import NO_CERTIFICATE, FirmColumns
from model.errors import CalibrationError
from model.streams import IdArray, key, uniform

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

QUARTERS_PER_YEAR = 4
CERTIFICATE_QUARTERS_LEFT = 12
SME_REVENUE = 2e8
"""Revenue up to which a firm can be in the register of technology SMEs, yuan (国科发政〔2017〕115号)."""
SMALL_CLASSES = ("tech_sme", "start_up")


@dataclass(frozen=True)
class FirmGroup:
    """Firms of one city, site and class, arrays of length n; amounts are those of all firms an agent stands for."""

    city: int
    site: int
    firm_class: str
    firm_id: IdArray
    cluster: NDArray[np.int64]
    weight: NDArray[np.int32]
    revenue: FloatArray
    value_added: FloatArray
    certified: BoolArray
    above_scale: BoolArray

    @property
    def revenue_each(self) -> FloatArray:
        """Revenue of one firm, yuan a year."""
        each: FloatArray = self.revenue / self.weight
        return each


def luck(name: str, firm_id: IdArray) -> FloatArray:
    """One uniform number per firm, the same in every draw: who is certified is not one of the four uncertainties."""
    return uniform(key(0, f"base:{name}"), firm_id)


def top(score: FloatArray, n: int) -> BoolArray:
    """Flag the ``n`` highest scores, of equal ones the first."""
    if not 0 < n < len(score):
        return np.full(len(score), n > 0)
    last = np.partition(score, len(score) - n)[len(score) - n]
    chosen: BoolArray = score > last
    chosen[np.flatnonzero(score == last)[: n - np.count_nonzero(chosen)]] = True
    return chosen


def size_score(name: str, firm_id: IdArray, revenue: FloatArray, weight: float) -> FloatArray:
    """Mix of size rank (0 to 1) and luck: ``weight`` is the pull of size."""
    if weight == 0.0:
        return luck(name, firm_id)
    rank = np.empty(len(revenue))
    rank[np.argsort(revenue, kind="stable")] = np.arange(len(revenue))
    score: FloatArray = weight * (rank / max(len(revenue) - 1, 1)) + (1.0 - weight) * luck(name, firm_id)
    return score


def notch(tables: Tables, revenue_each: FloatArray) -> FloatArray:
    """R&D over revenue that a certificate asks for, by revenue of the firm, shape of ``revenue_each``."""
    facts = tables.assumptions
    small, middle = revenue_each < facts["notch_low_revenue"], revenue_each <= facts["notch_high_revenue"]
    asked: FloatArray = np.where(
        small, facts["notch_small"], np.where(middle, facts["notch_middle"], facts["notch_large"])
    )
    return asked


def performers(tables: Tables, group: FirmGroup, above_scale_share: float) -> BoolArray:
    """Which firms of a group do R&D: all certified ones, and of the class's share the rest."""
    n = len(group.weight)
    if group.firm_class == "above_scale":
        share, pull = above_scale_share, tables.assumptions["rd_size_weight"]
    else:
        share, pull = tables.firm_classes[group.firm_class, "rd_share"], 0.0
    score = size_score("performs", group.firm_id, group.revenue_each, pull) + 2.0 * group.certified
    return top(score, max(round(share * n), int(group.certified.sum())))


def spread_rd(
    tables: Tables, groups: Sequence[FirmGroup], total: float, above_scale_share: float, where: str
) -> list[FloatArray]:
    """Spread a site's business R&D over its firms so that the total is met exactly.

    Parameters
    ----------
    groups : firms of one site.
    total : business R&D of the site, yuan a year.
    above_scale_share : share of above-scale firms that do R&D.
    where : the site, for the message.

    Returns
    -------
    One array a group, yuan a year: the notch plus an excess for certified firms, less for others, nothing for
    firms that do none. One factor scales everything above the notches.

    Raises
    ------
    CalibrationError : the notches alone exceed the total.
    """
    fixed, scaled = [], []
    for group in groups:
        does = performers(tables, group, above_scale_share)
        kind = (group.firm_class, "rd_excess"), (group.firm_class, "rd_intensity")
        rate = np.where(group.certified, tables.firm_classes[kind[0]], tables.firm_classes[kind[1]])
        scaled.append(does * group.revenue * rate * (0.5 + luck("rd", group.firm_id)))
        fixed.append(np.where(group.certified, notch(tables, group.revenue_each) * group.revenue, 0.0))
    asked, rest = sum(float(part.sum()) for part in fixed), sum(float(part.sum()) for part in scaled)
    if asked > total:
        raise CalibrationError(
            f"base 2020, {where}: certified firms must spend {asked:g} yuan on R&D and the drawn total is {total:g}; "
            "lower the certified revenue or raise the share of business R&D"
        )
    factor = (total - asked) / rest
    return [must + factor * more for must, more in zip(fixed, scaled, strict=True)]


def births(tables: Tables, group: FirmGroup) -> NDArray[np.int16]:
    """Quarter of birth, not after 2020 Q4: triangular ages of the class, in whole quarters."""
    low, mode, high = (tables.firm_classes[group.firm_class, name] for name in ("age_low", "age_mode", "age_high"))
    years = triangular(luck("age", group.firm_id), low, mode, high)
    born: NDArray[np.int16] = -np.floor(years * QUARTERS_PER_YEAR).astype(np.int16)
    return born


def columns(
    tables: Tables, groups: Sequence[FirmGroup], rd: Sequence[FloatArray], constrained_share: float, n_champions: int
) -> FirmColumns:
    """Join groups into the table of firms; champions are the largest certified above-scale firms of the focal city."""
    firm_id = np.concatenate([group.firm_id for group in groups])
    certified = np.concatenate([group.certified for group in groups])
    above_scale = np.concatenate([group.above_scale for group in groups])
    revenue = np.concatenate([group.revenue for group in groups])
    weight = np.concatenate([group.weight for group in groups])
    sizes = [len(group.weight) for group in groups]
    small = np.repeat([group.firm_class in SMALL_CLASSES for group in groups], sizes)
    start_up = np.repeat([group.firm_class == "start_up" for group in groups], sizes)
    city = np.repeat([group.city for group in groups], sizes).astype(np.int8)
    tech_sme = (small & ~start_up) | (certified & ~above_scale & (revenue / weight <= SME_REVENUE))
    open_to = np.flatnonzero(certified & above_scale & (city == 0))
    champion = np.zeros(len(city), dtype=np.bool_)
    champion[open_to[top(revenue[open_to], n_champions)]] = True
    expiry = 1 + np.floor(CERTIFICATE_QUARTERS_LEFT * luck("certificate", firm_id)).astype(np.int16)
    return FirmColumns(
        firm_id=firm_id,
        city=city,
        site=np.repeat([group.site for group in groups], sizes).astype(np.int8),
        cluster=np.concatenate([group.cluster for group in groups]).astype(np.int8),
        weight=weight.astype(np.int32),
        born=np.concatenate([births(tables, group) for group in groups]),
        value_added=np.concatenate([group.value_added for group in groups]),
        revenue=revenue,
        rd=np.concatenate(list(rd)),
        tech_sme=tech_sme,
        above_scale=above_scale,
        champion=champion,
        certified_until=np.where(certified, expiry, NO_CERTIFICATE).astype(np.int16),
        constrained=(tech_sme | start_up) & (luck("constrained", firm_id) < constrained_share),
    )


def cluster_points(n: int) -> FloatArray:
    """Points that spread clusters evenly over size ranks, shape (n,)."""
    points: FloatArray = even_points(n)[:, 0]
    return points
