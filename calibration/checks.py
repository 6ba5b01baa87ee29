"""Checks between tables: required names, shares that add up, references that exist.

A table in which something is broken already is left out here, so that one slip is reported once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from calibration import required
from calibration.facts import NINGBO
from calibration.reading import Reader, Row
from calibration.schema import KINDS, OPENING_COLUMNS, VERSIONS
from model.base import BOUNDARIES, TIERS
from model.errors import near_match
from model.parameters import Parameters

SHARE_SLACK = 1e-9
NO_ROWS: list[Row] = []


def check_tables(reader: Reader, tables: Mapping[str, list[Row]], cities: list[str]) -> None:
    """Keep a problem in ``reader`` for every requirement between tables that does not hold."""
    sound = {name: rows for name, rows in tables.items() if name not in reader.broken}
    _require(reader, sound, "uncertain_base.csv", "name", required.BASE)
    _require(reader, sound, "uncertain_outside.csv", "name", required.OUTSIDE)
    _require(reader, sound, "assumptions.csv", "name", required.ASSUMPTIONS)
    _require(reader, sound, "boundaries.csv", "place", BOUNDARIES)
    _check_groups(reader, sound)
    _check_cities(reader, sound, cities)
    _check_links(reader, sound, cities)
    _check_clusters(reader, sound, cities)
    _check_shares(reader, sound, cities)
    _check_base_table(reader, sound, cities)
    _check_dated(reader, sound)
    _check_openings(reader, sound, cities)


def _require(reader: Reader, sound: Mapping[str, list[Row]], name: str, column: str, wanted: Collection[str]) -> None:
    """Every wanted name has a row."""
    if name in sound:
        _report_missing(reader, name, column, wanted, {row[column] for row in sound[name]})


def _report_missing(
    reader: Reader, name: str, column: str, wanted: Collection[str], present: set[str], of: str = ""
) -> None:
    reader.problems.extend(
        f"{reader.label(name)}, field {column}: there is no row for {want}{of}; add it"
        for want in wanted
        if want not in present
    )


def _check_groups(reader: Reader, sound: Mapping[str, list[Row]]) -> None:
    """Every tier and firm class has all its quantities."""
    classes = {required.UNCAPPED: required.CLASS}
    classes |= dict.fromkeys([*required.FOCAL_CLASSES, *required.OTHER_CLASSES], required.CAPPED_CLASS)
    groups = (("tiers.csv", "tier", dict.fromkeys(TIERS, required.TIER)), ("firm_classes.csv", "firm_class", classes))
    for name, column, wanted in groups:
        for group, quantities in wanted.items():
            if name in sound:
                present = {row["quantity"] for row in sound[name] if row[column] == group}
                _report_missing(reader, name, "quantity", quantities, present, f" of {group}")


def _check_cities(reader: Reader, sound: Mapping[str, list[Row]], cities: list[str]) -> None:
    """Each folder holds the facts of a city, and one city is focal."""
    focal = [city for city in cities if _is_focal(sound, city)]
    for city in cities:
        path = f"cities/{city}"
        mine = city in focal
        _require(reader, sound, f"{path}/city.csv", "name", required.FOCAL_FACTS if mine else required.OTHER_FACTS)
        if f"{path}/city.csv" in sound:
            _require(
                reader, sound, f"{path}/uncertain.csv", "name", required.FOCAL_DRAWS if mine else required.OTHER_DRAWS
            )
            _check_sites(reader, sound, city, focal=mine)
        if [row["place"] for row in sound.get(f"{path}/place.csv", [{"place": city}])] != [city]:
            reader.problems.append(
                f"{reader.label(path)}/place.csv, field place: is not '{city}' alone; write the folder's name"
            )
    if len(focal) != 1 and all(f"cities/{city}/city.csv" in sound for city in cities):
        reader.problems.append(f"{reader.label('cities')}: {len(focal)} cities have focal = 1; exactly one must")


def _is_focal(sound: Mapping[str, list[Row]], city: str) -> bool:
    rows = sound.get(f"cities/{city}/city.csv", NO_ROWS)
    return any(row["name"] == "focal" and float(row["value"]) > 0 for row in rows)


def _check_sites(reader: Reader, sound: Mapping[str, list[Row]], city: str, *, focal: bool) -> None:
    """A focal city has two sites, any other one; each has certificates and a mix of clusters by class."""
    path = f"cities/{city}"
    sites = [row["site"] for row in sound[f"{path}/city.csv"] if row["name"] == "gdp"]
    wanted = 2 if focal else 1
    if len(sites) != wanted:
        reader.problems.append(f"{reader.label(path)}/city.csv, field site: {len(sites)} rows of gdp, not {wanted}")
        return
    held = {row["site"] for row in sound[f"{path}/city.csv"] if row["name"] == "certified_firms"}
    _report_missing(reader, f"{path}/city.csv", "site", sites, held, " with certified_firms")
    classes = required.FOCAL_CLASSES if focal else required.OTHER_CLASSES
    pairs = {f"{site} {name}" for site in sites for name in classes} | ({f"{sites[1]} above_scale"} if focal else set())
    if f"{path}/cluster_mix.csv" in sound:
        present = {f"{row['site']} {row['firm_class']}" for row in sound[f"{path}/cluster_mix.csv"]}
        _report_missing(reader, f"{path}/cluster_mix.csv", "firm_class", sorted(pairs), present)


def _check_links(reader: Reader, sound: Mapping[str, list[Row]], cities: list[str]) -> None:
    """Links name known places, and every pair of places has a travel time."""
    known = {*cities, *BOUNDARIES, NINGBO}
    names = [f"cities/{city}/links.csv" for city in cities]
    pairs: set[frozenset[str]] = set()
    for name in names:
        for row in sound.get(name, NO_ROWS):
            for column in ("origin", "destination"):
                if row[column] not in known:
                    text = f"'{row[column]}' is no place; {near_match(row[column], known)}"
                    reader.complain(name, int(row["_line"]), column, text)
            if row["quantity"] == "travel_hours":
                pairs.add(frozenset((row["origin"], row["destination"])))
    if any(name not in sound for name in names):
        return
    places = [*cities, *BOUNDARIES]
    reader.problems.extend(
        f"{reader.label('cities')}: no links.csv has travel_hours between {origin} and {other}; add a row"
        for i, origin in enumerate(places)
        for other in places[i + 1 :]
        if frozenset((origin, other)) not in pairs
    )


def _check_clusters(reader: Reader, sound: Mapping[str, list[Row]], cities: list[str]) -> None:
    """Clusters are known where they are named, and their depreciation is a parameter."""
    if "clusters.csv" not in sound:
        return
    known = {row["cluster_id"] for row in sound["clusters.csv"]}
    names = Parameters.central().as_dict()
    for row in sound["clusters.csv"]:
        word = row["knowledge_depreciation"]
        if word not in names:
            text = f"'{word}' is no parameter; {near_match(word, [n for n in names if n.startswith('knowledge')])}"
            reader.complain("clusters.csv", int(row["_line"]), "knowledge_depreciation", text)
    for name in ["sector_clusters.csv", *(f"cities/{city}/cluster_mix.csv" for city in cities)]:
        for row in sound.get(name, NO_ROWS):
            if row["cluster"] not in known:
                text = f"'{row['cluster']}' is no cluster; {near_match(row['cluster'], known)}"
                reader.complain(name, int(row["_line"]), "cluster", text)


def _check_shares(reader: Reader, sound: Mapping[str, list[Row]], cities: list[str]) -> None:
    """Shares of one whole add up to one."""
    groups: dict[tuple[str, str], float] = {}

    def add(name: str, group: str, value: str) -> None:
        groups[name, group] = groups.get((name, group), 0.0) + float(value)

    for row in sound.get("sector_clusters.csv", NO_ROWS):
        add("sector_clusters.csv", row["sector"], row["value"])
    for row in sound.get("tiers.csv", NO_ROWS):
        if row["quantity"].endswith("_share"):
            add("tiers.csv", row["quantity"], row["value"])
    for city in cities:
        for row in sound.get(f"cities/{city}/cluster_mix.csv", NO_ROWS):
            add(f"cities/{city}/cluster_mix.csv", f"{row['site']} {row['firm_class']}", row["value"])
        for row in sound.get(f"cities/{city}/links.csv", NO_ROWS):
            if row["quantity"] == "home_share":
                add(f"cities/{city}/links.csv", f"home_share of {row['origin']}", row["central"])
    reader.problems.extend(
        f"{reader.label(name)}, field value: the shares of {group} add up to {total:.6g}; make them add up to 1"
        for (name, group), total in groups.items()
        if abs(total - 1.0) > SHARE_SLACK
    )


def _check_base_table(reader: Reader, sound: Mapping[str, list[Row]], cities: list[str]) -> None:
    """Rows are reproduced, with a value published or drawn, or say why not."""
    drawn = {row["name"] for row in sound.get("uncertain_base.csv", NO_ROWS)}
    for city in cities:
        drawn |= {f"{city}.{row['name']}" for row in sound.get(f"cities/{city}/uncertain.csv", NO_ROWS)}
        drawn |= {link_name(row) for row in sound.get(f"cities/{city}/links.csv", NO_ROWS)}
    for row in sound.get("base_table.csv", NO_ROWS):
        line, word = int(row["_line"]), row["reproduced"]
        if word not in ("yes", "no"):
            reader.complain("base_table.csv", line, "reproduced", f"'{word}' is neither yes nor no; write one of them")
        if word == "no" and not row["reason"]:
            reader.complain("base_table.csv", line, "reason", "is empty; say why the row is not reproduced")
        if bool(row["value"]) == bool(row["drawn"]):
            reader.complain("base_table.csv", line, "value", "give either a value or the name of a drawn one")
        if row["drawn"] and row["drawn"] not in drawn and not reader.broken:
            text = f"'{row['drawn']}' is not drawn; {near_match(row['drawn'], drawn)}"
            reader.complain("base_table.csv", line, "drawn", text)


def link_name(row: Row) -> str:
    """Name of a link value: ``quantity:origin>destination``."""
    return f"{row['quantity']}:{row['origin']}>{row['destination']}"


def _check_dated(reader: Reader, sound: Mapping[str, list[Row]]) -> None:
    """Tax steps are of a known version and kind."""
    for row in sound.get("super_deduction.csv", NO_ROWS):
        for column, words in (("version", VERSIONS), ("kind", KINDS)):
            if row[column] not in words:
                text = f"'{row[column]}' is not one of {', '.join(words)}; {near_match(row[column], words)}"
                reader.complain("super_deduction.csv", int(row["_line"]), column, text)


def _check_openings(reader: Reader, sound: Mapping[str, list[Row]], cities: list[str]) -> None:
    """A project changes the travel time of a pair of places, by dates and hours, or says why it changes none."""
    name, places = "transport_projects.csv", {*cities, *BOUNDARIES}
    drawn = {row["name"] for row in sound.get("uncertain_outside.csv", NO_ROWS)}
    for row in sound.get(name, NO_ROWS):
        line = int(row["_line"])
        filled = [column for column in OPENING_COLUMNS if row[column]]
        if bool(filled) == bool(row["reason"]):
            reader.complain(name, line, "reason", "give either a pair with its opening or why no travel time changes")
        for column in OPENING_COLUMNS if filled else ():
            if not row[column]:
                reader.complain(name, line, column, "is empty beside an opening")
        for column in ("origin", "destination"):
            if row[column] and row[column] not in places:
                reader.complain(name, line, column, f"'{row[column]}' is no place; {near_match(row[column], places)}")
        if row["drawn"] and row["drawn"] not in drawn and "uncertain_outside.csv" in sound:
            text = f"'{row['drawn']}' is not in uncertain_outside.csv; {near_match(row['drawn'], drawn)}"
            reader.complain(name, line, "drawn", text)
