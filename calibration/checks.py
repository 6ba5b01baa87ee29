"""Checks between tables: required names, shares that add up, references that exist."""

from __future__ import annotations

from calibration.reading import Reader, Row
from model.base import BOUNDARIES, TIERS
from model.errors import near_match

SHARE_SLACK = 1e-9

REQUIRED_BASE = [
    "rd_intensity",
    "own_level_industrial_va",
    "zone_industrial_va",
    "zone_hightech_share",
    "zone_rd_intensity",
    "zone_above_scale_firms",
    "tech_smes",
    "start_ups",
    "zone_tech_sme_share",
    "rd_firm_share",
    "certified_above_scale_share_own",
    "certified_above_scale_share_zone",
    "firm_size_tail_exponent",
    "business_rd_share",
    "institute_rd_each",
    "credit_constrained_share",
    "gdp_revision",
    "hightech_growth_gap",
    "rd_intensity_trend",
    "residents_growth",
    "enclave_rd_book_share",
    "enclave_talent_count_share",
    "policy_budget_share",
    "district_flow_share",
    "district_graduate_share",
    "talent_arrivals_elsewhere",
    "talent_arrivals_rest_of_ningbo",
    "talent_departures_rest_of_ningbo",
    "talent_qualified_locally",
    "talent_retirement",
    "talent_public_share",
    "talent_move_rate",
    "leading_talents",
    "senior_talents",
]
REQUIRED_OUTSIDE = [
    "gdp_growth_2021",
    "gdp_growth",
    "gdp_growth_persistence",
    "wage_growth_2021",
    "wage_growth",
    "wage_growth_relative",
    "rent_growth",
    "rent_growth_relative",
]
REQUIRED_ASSUMPTIONS = [
    "unemployed_share",
    "public_within_public_self",
    "certified_small_industry_share",
    "institutes_2020",
    "champion_count",
    "notch_low_revenue",
    "notch_high_revenue",
    "notch_small",
    "notch_middle",
    "notch_large",
    "va_rate_low",
    "va_rate_high",
    "certificate_size_weight",
    "certificate_catalogue_weight",
    "rd_size_weight",
    "largest_revenue",
]
REQUIRED_FOCAL = [
    "wage",
    "rent_ratio",
    "graduates",
    "graduate_job_share",
    "venture_investment",
    "fund_years",
    "technology_loans",
]
REQUIRED_OTHER = [
    "talent_stock",
    "talent_growth",
    "senior_share",
    "leading_share",
    "qualified_rate",
    "wage_ratio",
    "rent",
    "rd_intensity",
    "business_rd_share",
    "certified_revenue",
    "tech_smes",
    "start_ups",
    "graduates",
    "graduate_job_share",
    "venture_investment",
    "fund_years",
    "technology_loans",
]
REQUIRED_TIER = ["wage_multiple", "age_low", "age_mode", "age_high", "arrival_share", "qualified_share"]
FOCAL_FACTS = [
    "talent_stock",
    "hightech_va",
    "above_scale_firms",
    "above_scale_output",
    "above_scale_va",
    "budget_revenue",
    "rent_city",
    "certified_firms",
    "residents",
    "gdp",
    "focal",
    "order",
]
OTHER_FACTS = ["certified_firms", "residents", "gdp", "focal", "order"]


def check_tables(reader: Reader, tables: dict[str, list[Row]], cities: list[str]) -> None:
    """Keep a problem in ``reader`` for every requirement between tables that does not hold."""
    _require(reader, "uncertain_base.csv", tables, "name", REQUIRED_BASE)
    _require(reader, "uncertain_outside.csv", tables, "name", REQUIRED_OUTSIDE)
    _require(reader, "assumptions.csv", tables, "name", REQUIRED_ASSUMPTIONS)
    _require(reader, "boundaries.csv", tables, "place", list(BOUNDARIES))
    for tier in TIERS:
        rows = [row for row in tables["tiers.csv"] if row["tier"] == tier]
        _require(reader, "tiers.csv", {"tiers.csv": rows}, "quantity", REQUIRED_TIER, f" of tier {tier}")
    _check_cities(reader, tables, cities)
    _check_clusters(reader, tables, cities)
    _check_shares(reader, tables, cities)
    for row in tables["base_table.csv"]:
        if row["reproduced"] not in ("yes", "no"):
            reader.complain(
                "base_table.csv",
                int(row["_line"]),
                "reproduced",
                f"'{row['reproduced']}' is neither yes nor no; write one",
            )
        if row["reproduced"] == "no" and not row["reason"]:
            reader.complain(
                "base_table.csv", int(row["_line"]), "reason", "is empty; say why the row is not reproduced"
            )


def _require(
    reader: Reader, name: str, tables: dict[str, list[Row]], column: str, wanted: list[str], of: str = ""
) -> None:
    present = {row[column] for row in tables[name]}
    reader.problems.extend(
        f"{reader.label(name)}, field {column}: there is no row for {want}{of}; add it"
        for want in wanted
        if want not in present
    )


def _check_cities(reader: Reader, tables: dict[str, list[Row]], cities: list[str]) -> None:
    focal = []
    for city in cities:
        path = f"cities/{city}"
        facts = {row["name"]: float(row["value"]) for row in tables[f"{path}/city.csv"]}
        is_focal = facts.get("focal", 0.0) > 0
        focal += [city] * is_focal
        _require(reader, f"{path}/city.csv", tables, "name", FOCAL_FACTS if is_focal else OTHER_FACTS)
        _require(reader, f"{path}/uncertain.csv", tables, "name", REQUIRED_FOCAL if is_focal else REQUIRED_OTHER)
        if [row["place"] for row in tables[f"{path}/place.csv"]] != [city]:
            reader.problems.append(
                f"{reader.label(path)}/place.csv, field place: is not '{city}' alone; write the folder's name"
            )
    if len(focal) != 1:
        reader.problems.append(f"{reader.label('cities')}: {len(focal)} cities have focal = 1; exactly one must")
    _check_links(reader, tables, cities)


def _check_links(reader: Reader, tables: dict[str, list[Row]], cities: list[str]) -> None:
    known = {*cities, *BOUNDARIES, "ningbo"}
    pairs: set[frozenset[str]] = set()
    for city in cities:
        name = f"cities/{city}/links.csv"
        for row in tables[name]:
            for column in ("origin", "destination"):
                if row[column] not in known:
                    reader.complain(
                        name,
                        int(row["_line"]),
                        column,
                        f"'{row[column]}' is no place; {near_match(row[column], known)}",
                    )
            if row["quantity"] == "travel_hours":
                pairs.add(frozenset((row["origin"], row["destination"])))
    places = [*cities, *BOUNDARIES]
    for i, origin in enumerate(places):
        reader.problems.extend(
            f"{reader.label('cities')}: no links.csv has travel_hours between {origin} and {other}; add a row"
            for other in places[i + 1 :]
            if frozenset((origin, other)) not in pairs
        )


def _check_clusters(reader: Reader, tables: dict[str, list[Row]], cities: list[str]) -> None:
    known = {row["cluster_id"] for row in tables["clusters.csv"]}
    for name in ["sector_clusters.csv", *(f"cities/{city}/cluster_mix.csv" for city in cities)]:
        for row in tables[name]:
            if row["cluster"] not in known:
                reader.complain(
                    name,
                    int(row["_line"]),
                    "cluster",
                    f"'{row['cluster']}' is no cluster; {near_match(row['cluster'], known)}",
                )


def _check_shares(reader: Reader, tables: dict[str, list[Row]], cities: list[str]) -> None:
    groups: dict[tuple[str, str], float] = {}
    for row in tables["sector_clusters.csv"]:
        _add(groups, "sector_clusters.csv", row["sector"], row["value"])
    for row in tables["tiers.csv"]:
        if row["quantity"].endswith("_share"):
            _add(groups, "tiers.csv", row["quantity"], row["value"])
    for city in cities:
        for row in tables[f"cities/{city}/cluster_mix.csv"]:
            _add(groups, f"cities/{city}/cluster_mix.csv", f"{row['site']} {row['firm_class']}", row["value"])
        for row in tables[f"cities/{city}/links.csv"]:
            if row["quantity"] == "home_share":
                _add(groups, "links.csv", f"home_share of {row['origin']}", row["central"])
    reader.problems.extend(
        f"{reader.label(name)}, field value: the shares of {group} add up to {total:.6g}; make them add up to 1"
        for (name, group), total in groups.items()
        if abs(total - 1.0) > SHARE_SLACK
    )


def _add(groups: dict[tuple[str, str], float], name: str, group: str, value: str) -> None:
    groups[name, group] = groups.get((name, group), 0.0) + float(value)
