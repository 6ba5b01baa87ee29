"""Firms of the focal district, one agent each, met to the published aggregates of own level and zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.firm_groups import FirmGroup, cluster_points, size_score, top
from calibration.spreading import by_share, pareto_between, pareto_total
from calibration.tables import Sector, Tables
from model.errors import CalibrationError
from model.streams import born_ids

FloatArray = NDArray[np.float64]

ABOVE_SCALE = "above_scale"


class _Firms(NamedTuple):
    """Firms whose certificates and value added are still to be found, arrays of length n."""

    firm_id: NDArray[np.uint64]
    cluster: NDArray[np.int64]
    revenue: FloatArray


def annual_factor(tables: Tables, drawn: Mapping[str, float]) -> float:
    """Year over ten months: drawn value added of the year over the published one of January to October."""
    return drawn["own_level_industrial_va"] / tables.focal.values["above_scale_va", tables.focal.sites[0]]


def sector_ids(tables: Tables, sector: Sector) -> NDArray[np.uint64]:
    """Ids of the firms of a published sector, shape (n_firms,): a sector is not a column, its ids are known."""
    site = tables.focal.sites[0]
    return born_ids(f"base-{tables.focal.name}-{site}-{ABOVE_SCALE}-{sector.name}", 0, 0, np.arange(sector.n_firms))


def focal_firms(tables: Tables, drawn: Mapping[str, float]) -> list[FirmGroup]:
    """Build all firms of the focal district.

    Parameters
    ----------
    tables : the checked tables.
    drawn : every uncertain base value, plain units.

    Returns
    -------
    Groups by site and class. Own level: sector counts, sector outputs, high-tech and total value added are met
    exactly; zone: its value added and high-tech share.

    Raises
    ------
    CalibrationError : a rate of value added over revenue, or a revenue, comes out implausible.
    """
    own, zone = tables.focal.sites
    certificates = {site: round(tables.focal.values["certified_firms", site]) for site in (own, zone)}
    held = {
        own: round(certificates[own] * drawn["certified_above_scale_share_own"]),
        zone: round(certificates[zone] * drawn["certified_above_scale_share_zone"]),
    }
    groups = [_own_above_scale(tables, drawn, held[own]), _zone_above_scale(tables, drawn, held[zone])]
    zone_share = drawn["zone_tech_sme_share"]
    for index, (site, share) in enumerate(((own, 1.0 - zone_share), (zone, zone_share))):
        rest = certificates[site] - held[site]
        industry = round(rest * tables.assumptions["certified_small_industry_share"])
        counts = {
            "certified_industry": industry,
            "certified_services": rest - industry,
            "tech_sme": max(round(drawn["tech_smes"] * share) - rest, 0),
            "start_up": round(drawn["start_ups"] * share),
        }
        groups += [_small(tables, drawn, index, name, n) for name, n in counts.items()]
    return groups


def _own_above_scale(tables: Tables, drawn: Mapping[str, float], n_certified: int) -> FirmGroup:
    """Build the 1 112 firms by published sector, two rates of value added over revenue."""
    site, factor = tables.focal.sites[0], annual_factor(tables, drawn)
    low, tail = tables.firm_classes[ABOVE_SCALE, "revenue_low"], drawn["firm_size_tail_exponent"]
    firm_id = np.concatenate([sector_ids(tables, sector) for sector in tables.sectors])
    revenue = np.concatenate(
        [pareto_total(s.output * factor, low, tail, np.ones(s.n_firms), f"{site} {s.name}") for s in tables.sectors]
    )
    cluster = np.concatenate([by_share(cluster_points(s.n_firms), s.cluster_shares) for s in tables.sectors])
    if revenue.max() > tables.assumptions["largest_revenue"]:
        raise CalibrationError(
            f"base 2020, {site}: the largest firm would sell {revenue.max():g} yuan a year; "
            "raise firm_size_tail_exponent"
        )
    firms = _Firms(firm_id, cluster, revenue)
    certified = _certified(tables, firms, n_certified)
    hightech = _catalogue(tables)[cluster] | certified
    wanted = tables.focal.values["hightech_va", site]
    value_added = np.zeros(len(revenue))
    for flag, amount in ((hightech, wanted), (~hightech, drawn["own_level_industrial_va"] - wanted)):
        rate = amount / revenue[flag].sum()
        _check_rate(tables, rate, site)
        value_added[flag] = revenue[flag] * rate
    return _group(0, ABOVE_SCALE, firms, value_added, certified)


def _zone_above_scale(tables: Tables, drawn: Mapping[str, float], n_certified: int) -> FirmGroup:
    """Build the zone's firms: revenue is not published, so one rate holds and two stretches meet the share."""
    site, n = tables.focal.sites[1], round(drawn["zone_above_scale_firms"])
    low, rate = tables.firm_classes[ABOVE_SCALE, "revenue_low"], tables.firm_classes[ABOVE_SCALE, "va_rate"]
    _check_rate(tables, rate, site)
    total = drawn["zone_industrial_va"] / rate
    firm_id = born_ids(f"base-{tables.focal.name}-{site}-{ABOVE_SCALE}", 0, 0, np.arange(n))
    revenue = pareto_total(total, low, drawn["firm_size_tail_exponent"], np.ones(n), site)
    cluster = by_share(cluster_points(n), tables.focal.mixes[site, ABOVE_SCALE])
    firms = _Firms(firm_id, cluster, revenue)
    certified = _certified(tables, firms, n_certified)
    hightech = _catalogue(tables)[cluster] | certified
    for flag, share in ((hightech, drawn["zone_hightech_share"]), (~hightech, 1.0 - drawn["zone_hightech_share"])):
        excess = total * share - low * flag.sum()
        if not flag.any() or excess < 0:
            raise CalibrationError(
                f"base 2020, {site}: {flag.sum()} firms cannot make {share:.1%} of its revenue; "
                "change the mix of clusters"
            )
        revenue[flag] = low + (revenue[flag] - low) * (excess / (revenue[flag] - low).sum())
    return _group(1, ABOVE_SCALE, firms, revenue * rate, certified)


def _small(tables: Tables, drawn: Mapping[str, float], site_index: int, firm_class: str, n: int) -> FirmGroup:
    """Build a class below the statistical threshold, or of services: sizes assumed, count met."""
    site = tables.focal.sites[site_index]
    firm_id = born_ids(f"base-{tables.focal.name}-{site}-{firm_class}", 0, 0, np.arange(n))
    low, high = (tables.firm_classes[firm_class, name] for name in ("revenue_low", "revenue_high"))
    revenue = pareto_between(low, high, drawn["firm_size_tail_exponent"], np.ones(n))
    cluster = by_share(cluster_points(n), tables.focal.mixes[site, firm_class])
    certified = np.full(n, firm_class.startswith("certified"))
    value_added = revenue * tables.firm_classes[firm_class, "va_rate"]
    return _group(site_index, firm_class, _Firms(firm_id, cluster, revenue), value_added, certified)


def _group(
    site: int, firm_class: str, firms: _Firms, value_added: FloatArray, certified: NDArray[np.bool_]
) -> FirmGroup:
    """Make a group of the focal city, one agent a firm."""
    n = len(firms.firm_id)
    return FirmGroup(
        city=0,
        site=site,
        firm_class=firm_class,
        firm_id=firms.firm_id,
        cluster=firms.cluster,
        weight=np.ones(n, dtype=np.int32),
        revenue=firms.revenue,
        value_added=value_added,
        certified=certified,
        above_scale=np.full(n, firm_class == ABOVE_SCALE),
    )


def _certified(tables: Tables, firms: _Firms, n: int) -> NDArray[np.bool_]:
    """Who holds a certificate: luck, with a pull of size and a head start of catalogue clusters."""
    score = size_score("certified", firms.firm_id, firms.revenue, tables.assumptions["certificate_size_weight"])
    return top(score + tables.assumptions["certificate_catalogue_weight"] * _catalogue(tables)[firms.cluster], n)


def _catalogue(tables: Tables) -> NDArray[np.bool_]:
    return np.array([cluster.catalogue for cluster in tables.clusters])


def _check_rate(tables: Tables, rate: float, site: str) -> None:
    low, high = tables.assumptions["va_rate_low"], tables.assumptions["va_rate_high"]
    if not low <= rate <= high:
        raise CalibrationError(
            f"base 2020, {site}: value added over revenue would be {rate:.3f}, outside {low:g} to {high:g}; "
            "change the clusters of sectors or the share of certified above-scale firms"
        )
