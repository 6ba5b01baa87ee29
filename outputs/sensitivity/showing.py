"""What a sensitivity analysis shows: tables for charts and screen, in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from model.errors import UsageError, near_match
from outputs.language import difference_unit, text, unit_of
from outputs.tables import Grid

if TYPE_CHECKING:
    import pandas as pd

    from outputs.language import Unit
    from outputs.store import Study
    from outputs.tables import Record

Shown = tuple[str, str]
"""Indicator and definition."""
TOP = 12
"""Factors of a screen that charts and screen show for each indicator; the table has all."""


def indicators_shown(study: Study, words: Sequence[str]) -> list[Shown]:
    """Indicators asked for as ``id`` or ``id:definition``; those of the headline targets where none is.

    Raises
    ------
    UsageError : an indicator or a definition does not exist.
    """
    definition = study.definition
    scenario = definition.scenarios[0].scenario_id
    reported = {t.indicator: definition.reported_definition(scenario, t) for t in definition.targets if t.indicator}
    if not words:
        return [(target.indicator, reported[target.indicator]) for target in definition.headline]
    known = {info.indicator for info in definition.indicators}
    found, problems = [], []
    for word in dict.fromkeys(words):
        indicator, _, asked = word.partition(":")
        definitions = definition.definitions_of(indicator)
        if indicator not in known:
            problems.append(f"--indicators: '{indicator}' does not exist; {near_match(indicator, known)}")
        elif asked and asked not in definitions:
            problems.append(f"--indicators: {indicator} has no '{asked}'; {near_match(asked, definitions)}")
        else:
            found.append((indicator, asked or reported.get(indicator, definitions[0])))
    if problems:
        raise UsageError(problems)
    return found


def chosen(table: pd.DataFrame, shown: Sequence[Shown]) -> Iterator[pd.DataFrame]:
    """Rows of each indicator shown that the table has, in order."""
    counted = table["definition"].fillna("")
    for indicator, definition in shown:
        mine = table[(table["indicator"] == indicator) & (counted == definition)]
        if len(mine):
            yield mine


def heading(study: Study, row: Record, language: str) -> str:
    """Name of the indicator, and how it is counted where there are several ways."""
    info = study.definition.info(row["indicator"], row["definition"])
    name = info.name_zh if language == "zh" else info.name_en
    if len(study.definition.definitions_of(info.indicator)) < 2:
        return name
    return f"{name}（{info.definition_zh}）" if language == "zh" else f"{name} ({info.definition_en})"


def heat_of_sobol(table: pd.DataFrame, shown: Sequence[Shown]) -> pd.DataFrame:
    """Cells of the heat map: share with interactions of each group, indicator and year; ``shade`` is the colour."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    rows = pd.concat([mine[mine["total"].notna()] for mine in chosen(table, shown)])
    cells = rows.rename(columns={"total": "value", "total_low": "low", "total_high": "high", "group": "row"})
    return cells[_CELL].assign(shade=cells["value"].clip(0.0, 1.0), method="sobol").reset_index(drop=True)


def heat_of_morris(table: pd.DataFrame, shown: Sequence[Shown]) -> pd.DataFrame:
    """Cells of the heat map: mean absolute change by the strongest factors of each indicator."""
    import pandas as pd  # noqa: PLC0415

    parts = []
    for mine in chosen(table, shown):
        rows = mine[mine["factor"].isin(_strongest(mine))]
        error = rows["mu_star_error"].fillna(0.0)
        cells = rows.assign(low=rows["mu_star"] - error, high=rows["mu_star"] + error)
        cells = cells.rename(columns={"mu_star": "value", "factor": "row"})
        parts.append(cells[_CELL].assign(shade=cells["value"] / cells["value"].max(), method="morris"))
    return pd.concat(parts).reset_index(drop=True)


_CELL = ["indicator", "definition", "unit", "year", "row", "zh", "en", "value", "low", "high"]


def tornado_of_morris(table: pd.DataFrame, shown: Sequence[Shown]) -> pd.DataFrame:
    """Bars of the last year: the mean change, its 95 % interval (Student) and the mean absolute change."""
    import pandas as pd  # noqa: PLC0415
    from scipy.stats import t  # noqa: PLC0415 - seconds at start

    parts = []
    for mine in chosen(table, shown):
        rows = _last(mine).head(TOP).dropna(subset="mu")
        n = rows["trajectories"].to_numpy(np.float64)
        reach = t.ppf(0.975, np.maximum(n - 1, 1)) * rows["sigma"] / np.sqrt(n)
        ends = {"low": rows["mu"] - reach, "high": rows["mu"] + reach}
        bars = rows[["indicator", "definition", "unit", "year", "zh", "en"]].assign(value=rows["mu"], **ends)
        parts.append(bars.assign(absolute=rows["mu_star"], side="high", method="morris"))
    return pd.concat(parts).reset_index(drop=True)


def tornado_of_grid(table: pd.DataFrame, shown: Sequence[Shown]) -> pd.DataFrame:
    """Bars of the last year: the change at the lowest and at the highest level of each lever, with its interval."""
    import pandas as pd  # noqa: PLC0415

    parts = []
    for mine in chosen(table, shown):
        last = _last(mine)
        by_lever = last.groupby("lever")["level"]
        for side, best in (("low", by_lever.transform("min")), ("high", by_lever.transform("max"))):
            ends = last[last["level"] == best]
            # An end at which the scenario has the lever anyway is no run of the grid: nothing changes there.
            beyond = ends["level"] > ends["reference_level"]
            ends = ends[beyond if side == "high" else ~beyond]
            bars = ends[["indicator", "definition", "unit", "year", "zh", "en"]]
            spread = {"value": ends["mean"], "low": ends["mean_low"], "high": ends["mean_high"]}
            parts.append(bars.assign(**spread, absolute=np.nan, side=side, method="grid"))
    return pd.concat(parts).reset_index(drop=True)


def sobol_grids(study: Study, table: pd.DataFrame, shown: Sequence[Shown], language: str) -> Iterator[Grid]:
    """A table for each indicator shown, in the last year."""
    header = [text(key, language) for key in ("sobol_group", "sobol_first", "sobol_total", "sobol_half")]
    for mine in chosen(table, shown):
        rows = _last(mine).to_dict("records")
        about = {"indicator": heading(study, rows[0], language), "year": rows[0]["year"], "rows": rows[0]["rows"]}
        yield text("sobol_title", language, **about), header, [_sobol_cells(row, language) for row in rows]


def _sobol_cells(row: Record, language: str) -> list[str]:
    def share(value: float) -> str:
        return "–" if np.isnan(value) else f"{100 * value:.0f}%"

    first, total = (
        f"{share(row[name])} [{share(row[f'{name}_low'])}, {share(row[f'{name}_high'])}]" for name in ("first", "total")
    )
    alone = np.isnan(row["total"])
    half = "" if alone else f"{share(row['first_half'])}, {share(row['total_half'])}"
    return [str(row[language]), first, "" if alone else total, half]


def morris_grids(study: Study, table: pd.DataFrame, shown: Sequence[Shown], language: str) -> Iterator[Grid]:
    """The strongest factors of each indicator shown, in the last year."""
    keys = ("morris_factor", "morris_mu", "morris_star", "morris_half", "morris_sigma")
    header = [text(key, language) for key in keys]
    for mine in chosen(table, shown):
        rows = _last(mine).head(TOP).to_dict("records")
        unit = unit_of(str(rows[0]["unit"]), language)
        about = {"indicator": heading(study, rows[0], language), "year": rows[0]["year"]}
        about |= {"unit": difference_unit(str(rows[0]["unit"]), language), "trajectories": rows[0]["trajectories"]}
        yield text("morris_title", language, **about), header, [_morris_cells(row, unit, language) for row in rows]


def _morris_cells(row: Record, unit: Unit, language: str) -> list[str]:
    def told(name: str, sign: str = "") -> str:
        return "–" if np.isnan(row[name]) else f"{row[name] * unit.factor:{sign}.3g}"

    star = f"{told('mu_star')} ± {told('mu_star_error')}"
    return [str(row[language]), told("mu", "+"), star, told("mu_star_half"), told("sigma")]


def grid_grids(study: Study, table: pd.DataFrame, shown: Sequence[Shown], language: str) -> Iterator[Grid]:
    """The effect of each lever's ends on each indicator shown, in the last year, the widest span first."""
    header = [text(key, language) for key in ("grid_lever", "grid_low", "grid_high")]
    bars = tornado_of_grid(table, shown)
    for mine in chosen(bars, shown):
        unit = unit_of(str(mine["unit"].iloc[0]), language)
        cells: dict[str, dict[str, str]] = {}
        for row in mine.to_dict("records"):
            value, low, high = (f"{row[name] * unit.factor:+.3g}" for name in ("value", "low", "high"))
            told = f"{value} [{low}, {high}]" if row["value"] or row["low"] else "0"
            cells.setdefault(str(row[language]), {})[str(row["side"])] = told
        order = spans(mine, language)
        about = {"indicator": heading(study, mine.iloc[0].to_dict(), language), "year": mine["year"].iloc[0]}
        about["unit"] = difference_unit(str(mine["unit"].iloc[0]), language)
        rows = [[name, cells[name].get("low", "–"), cells[name].get("high", "–")] for name in order]
        yield text("grid_title", language, **about), header, rows


def spans(bars: pd.DataFrame, language: str) -> list[str]:
    """Names of the bars of one indicator, that with the widest reach first."""
    reach = bars.assign(reach=bars["value"].abs().where(bars["absolute"].isna(), bars["absolute"]))
    order = reach.groupby(language, sort=False)["reach"].sum().sort_values(ascending=False, kind="stable")
    return [str(name) for name in order.index]


def unmoved(study: Study, table: pd.DataFrame, shown: Sequence[Shown], language: str) -> str:
    """Names the indicators that nothing in the design moves; empty where there is none."""
    still = [one for one in shown if next(chosen(table, [one]), None) is None]
    names = [heading(study, {"indicator": one, "definition": counted}, language) for one, counted in still]
    return text("unmoved", language, names=text("unmoved_and", language).join(names)) if names else ""


def convergence(table: pd.DataFrame, shown: Sequence[Shown], language: str) -> str:
    """How much the shares of the groups move when half of the rows are left out."""
    parts = [(mine["total"] - mine["total_half"]).abs().dropna() for mine in chosen(table, shown)]
    moved = np.concatenate([*parts, np.zeros(0)])
    if not len(moved):
        return ""
    middle = float(np.median(moved))
    return text("sobol_converged", language, most=f"{100 * moved.max():.0f}", middle=f"{100 * middle:.0f}")


def ranking_convergence(study: Study, table: pd.DataFrame, shown: Sequence[Shown], language: str) -> Iterator[str]:
    """How many of the strongest factors half of the trajectories find too."""
    for mine in chosen(table, shown):
        last = _last(mine)
        top = set(last.head(TOP)["factor"])
        if last["mu_star_half"].notna().any() and len(last) > TOP:
            by_half = set(last.sort_values("mu_star_half", ascending=False, kind="stable").head(TOP)["factor"])
            indicator = heading(study, last.iloc[0].to_dict(), language)
            yield text("morris_converged", language, indicator=indicator, n=len(top), same=len(top & by_half))


def _last(mine: pd.DataFrame) -> pd.DataFrame:
    """Rows of the last year."""
    rows: pd.DataFrame = mine[mine["year"] == mine["year"].max()]
    return rows


def _strongest(mine: pd.DataFrame) -> list[str]:
    """Factors of one indicator with the largest absolute change in any year."""
    order = mine.groupby("factor", sort=False)["mu_star"].max().sort_values(ascending=False, kind="stable")
    return [str(name) for name in order.index[:TOP]]
