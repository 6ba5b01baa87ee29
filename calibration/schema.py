"""What each data table must look like: columns, which of them are numbers, and what may not repeat."""

from __future__ import annotations

from dataclasses import dataclass

KNOWN_2021 = "known_2021"
AS_HAPPENED = "as_happened"
VERSIONS = (KNOWN_2021, AS_HAPPENED)
KINDS = ("industry", "services")
STATUSES = ("measured", "borrowed", "assumed")
CONFIDENCES = ("high", "medium", "low")
SOURCE_COLUMNS = ("scope", "period", "source_title", "source_url", "confidence", "status", "note")
OPENING_COLUMNS = ("opens_year", "opens_quarter", "early_year", "early_quarter", "origin", "destination", "drawn")
"""What a transport project that changes a travel time must say; one that changes none gives its reason instead."""
DRAW_COLUMNS = ("central", "low", "high", "prior", "unit", *SOURCE_COLUMNS)


@dataclass(frozen=True)
class TableSchema:
    """The form of one table; ``optional`` columns may be empty, all others may not."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    optional: tuple[str, ...] = ("source_url", "note")


_OBSERVED = TableSchema(
    columns=(
        "indicator",
        "indicator_zh",
        "region",
        "period",
        "value",
        "unit",
        *(c for c in SOURCE_COLUMNS if c != "period"),
    ),
    key=("indicator", "indicator_zh", "region", "period", "scope", "unit"),
    numbers=("value",),
)
_DRAWS = TableSchema(columns=("name", *DRAW_COLUMNS), key=("name",), numbers=("central", "low", "high"))
_PLACES = TableSchema(columns=("place", "name_zh", "name_en", *SOURCE_COLUMNS), key=("place",))
_PUBLISHED_AT = ("table", "observed", "region", "observed_scope", "from_period", "to_period", "years")
"""Where the published values of a fact stand in the observed tables."""
_EVIDENCE = TableSchema(
    columns=(
        "fact",
        "name_zh",
        "name_en",
        "role",
        "indicator",
        "definition",
        "measure",
        "model_period",
        *_PUBLISHED_AT,
        "rule",
        "factor",
        "adjustment",
        "value",
        "standard_error",
        "weight",
        "vintage",
        "published",
        "reason",
        *SOURCE_COLUMNS,
    ),
    key=("fact",),
    numbers=("years", "factor", "adjustment", "value", "standard_error", "weight"),
    optional=(
        "indicator",
        "definition",
        "measure",
        "model_period",
        *_PUBLISHED_AT,
        "rule",
        "factor",
        "adjustment",
        "value",
        "standard_error",
        "weight",
        "vintage",
        "published",
        "reason",
        "source_url",
        "note",
    ),
)

TABLES: dict[str, TableSchema] = {
    "units.csv": TableSchema(columns=("unit", "factor", "measures", "meaning"), key=("unit",), numbers=("factor",)),
    "observed_focal.csv": _OBSERVED,
    "observed_outside.csv": _OBSERVED,
    "observed_outside_after_2021.csv": _OBSERVED,
    "mobility_daily.csv": TableSchema(
        columns=(
            "date",
            "origin",
            "destination",
            "baidu_flow_index",
            "destination_listed_inflow",
            "share_of_listed_inflow_pct",
        ),
        key=("date", "origin", "destination"),
        numbers=("date", "baidu_flow_index", "destination_listed_inflow", "share_of_listed_inflow_pct"),
    ),
    "evidence.csv": _EVIDENCE,
    "uncertain_base.csv": _DRAWS,
    "uncertain_outside.csv": _DRAWS,
    "boundaries.csv": _PLACES,
    "clusters.csv": TableSchema(
        columns=(
            "cluster_id",
            "name_zh",
            "name_en",
            "industry",
            "catalogue",
            "knowledge_depreciation",
            "target_revenue",
            "target_unit",
            "talent_intensity",
            "unit",
            *SOURCE_COLUMNS,
        ),
        key=("cluster_id",),
        numbers=("target_revenue", "talent_intensity"),
        flags=("industry", "catalogue"),
    ),
    "sector_clusters.csv": TableSchema(
        columns=("sector", "cluster", "value", "unit", *SOURCE_COLUMNS), key=("sector", "cluster"), numbers=("value",)
    ),
    "tiers.csv": TableSchema(
        columns=("tier", "quantity", "value", "unit", *SOURCE_COLUMNS), key=("tier", "quantity"), numbers=("value",)
    ),
    "firm_classes.csv": TableSchema(
        columns=("firm_class", "quantity", "value", "unit", *SOURCE_COLUMNS),
        key=("firm_class", "quantity"),
        numbers=("value",),
    ),
    "assumptions.csv": TableSchema(
        columns=("name", "value", "unit", *SOURCE_COLUMNS), key=("name",), numbers=("value",)
    ),
    "super_deduction.csv": TableSchema(
        columns=("version", "kind", "start_year", "start_quarter", "value", "unit", *SOURCE_COLUMNS),
        key=("version", "kind", "start_year", "start_quarter"),
        numbers=("start_year", "start_quarter", "value"),
    ),
    "transport_projects.csv": TableSchema(
        columns=(
            "project_en",
            "project_zh",
            "scale",
            "start_year",
            "finish_year",
            "status_in_plan",
            "plan_ref",
            "links_affected",
            *OPENING_COLUMNS,
            "reason",
            "unit",
            *SOURCE_COLUMNS,
        ),
        key=("project_en", "origin", "destination"),
        numbers=("start_year", "finish_year", "opens_year", "opens_quarter", "early_year", "early_quarter"),
        optional=(
            "start_year",
            "finish_year",
            *OPENING_COLUMNS,
            "reason",
            "source_url",
            "note",
        ),
    ),
    "base_table.csv": TableSchema(
        columns=(
            "row_id",
            "name_zh",
            "name_en",
            "value",
            "drawn",
            "kind",
            "unit",
            "reproduced",
            "reason",
            *SOURCE_COLUMNS,
        ),
        key=("row_id",),
        numbers=("value",),
        optional=("value", "drawn", "reason", "source_url", "note"),
    ),
}

CITY_TABLES: dict[str, TableSchema] = {
    "place.csv": _PLACES,
    "city.csv": TableSchema(
        columns=("name", "site", "value", "unit", *SOURCE_COLUMNS),
        key=("name", "site"),
        numbers=("value",),
        optional=("site", "source_url", "note"),
    ),
    "uncertain.csv": _DRAWS,
    "links.csv": TableSchema(
        columns=("quantity", "origin", "destination", *DRAW_COLUMNS),
        key=("quantity", "origin", "destination"),
        numbers=("central", "low", "high"),
    ),
    "cluster_mix.csv": TableSchema(
        columns=("site", "firm_class", "cluster", "value", "unit", *SOURCE_COLUMNS),
        key=("site", "firm_class", "cluster"),
        numbers=("value",),
    ),
}
