"""The verb `attribute`: running every coalition, and putting shares on disk, on the screen and into words."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from model.coalitions import Coalitions
from model.commands import languages
from model.wiring import Supplement, Wiring
from outputs.answering import answer, tell_failures
from outputs.attributing import CHANCE, VALUE, WHOLE, attribution_table, games, interaction_table
from outputs.attribution_text import name_of, sentences, signed
from outputs.commands import told_in
from outputs.comparing import COST, JOINT
from outputs.design import foreseen
from outputs.effects import UNTOUCHED
from outputs.language import Unit, difference_unit, text, unit_of
from outputs.markdown import show_all
from outputs.store import Study
from outputs.tables import Grid

if TYPE_CHECKING:
    import pandas as pd

    from outputs.tables import Record

MOST_PAIRS = 3
"""Interactions shown of each column; the table holds all."""
Column = tuple[dict[str, object], str, Unit]
"""What a row of the table must hold to belong to it, its heading, and how its values are shown."""


def attribute(args: Namespace, wiring: Wiring) -> int:
    """Run all coalitions as one study, and share out; the same command resumes, or shows what is there."""
    game = wiring.coalitions(args)
    question = wiring.question(args, game.paths)
    if args.dry_run:
        for line in foreseen(question.runner, args.members, args.workers):
            wiring.show(line)
        return 0
    study = answer(args, question, wiring)
    found = list(games(study, game))
    shares, pairs = attribution_table(study, game, found), interaction_table(study, game, found)
    folder = wiring.add(study, _supplement(game, shares, pairs), languages(args))
    language = told_in(args)
    told = sentences(study, game, shares, language)
    show_all(wiring, study, grids(study, game, shares, pairs, language), told, as_markdown=args.markdown)
    wiring.say(f"Attribution: {folder}")
    return tell_failures(study, wiring, debug=args.debug)


def _supplement(game: Coalitions, shares: pd.DataFrame, pairs: pd.DataFrame) -> Supplement:
    """Tables and charts, all digits kept, so that the parts in the files add up too."""
    about = {
        "verb": "attribute",
        "scenario": game.whole.scenario_id,
        "reference": game.reference.scenario_id,
        "players": [player.player_id for player in game.players],
        "coalitions": len(game.paths),
        "orders": [list(order) for order in game.orders],
    }
    tables = {"attribution": shares} | ({} if pairs.empty else {"interactions": pairs})
    charts = ["attribution", "attribution_chances"]
    return Supplement("attribution", about, tables, charts, digits=17)


def grids(study: Study, game: Coalitions, shares: pd.DataFrame, pairs: pd.DataFrame, language: str) -> list[Grid]:
    """Tables of an attribution in its last year, in ``zh`` or ``en``."""
    shares = shares[shares["year"] == study.definition.goal_year]
    values, chances = value_columns(study, language), chance_columns(study, language)
    labels = {
        "scenario": game.whole.label_zh if language == "zh" else game.whole.label_en,
        "reference": game.reference.label_zh if language == "zh" else game.reference.label_en,
    }
    key = "attr_exact" if game.exact else "attr_drawn"
    how = text(key, language, n=len(game.paths), pairs=len(game.orders) // 2)
    members = int(shares["members"].iloc[0])
    title = text("attr_values", language, year=study.definition.goal_year, members=members, how=how, **labels)
    found = [
        _shares_grid(study, game, shares, values, (title, language)),
        _shares_grid(study, game, shares, chances, (text("attr_chances", language), language)),
        _alone_grid(study, game, shares, values, language),
    ]
    if not pairs.empty:
        found.append(_pairs_grid(study, game, pairs[pairs["year"] == study.definition.goal_year], values, language))
    return found


def value_columns(study: Study, language: str) -> list[Column]:
    """Headline indicators under the definition that is reported first, and the added cost."""
    found: list[Column] = []
    first = study.definition.scenarios[0].scenario_id
    for target in study.definition.headline:
        where: dict[str, object] = {"quantity": VALUE, "indicator": target.indicator}
        where["definition"] = study.definition.reported_definition(first, target)
        name = target.name_zh if language == "zh" else target.name_en
        unit = unit_of(target.unit, language)
        found.append((where, f"{name} ({difference_unit(target.unit, language)})", unit))
    money = unit_of("yuan", language)
    for payer in ("all_payers", "district"):
        name = f"{text('cost_since_2021', language)} ({text(payer, language)}, {money.name})"
        found.append(({"quantity": COST, "definition": payer}, name, money))
    return found


def chance_columns(study: Study, language: str) -> list[Column]:
    """Chance of each headline target under the definition that is reported first, and of all together."""
    found: list[Column] = []
    first, points = study.definition.scenarios[0].scenario_id, Unit(100.0, "", 0)
    for target in study.definition.headline:
        definition = study.definition.reported_definition(first, target)
        where: dict[str, object] = {"quantity": CHANCE, "target": target.target_id, "definition": definition}
        found.append((where, target.name_zh if language == "zh" else target.name_en, points))
    n = len(study.definition.headline)
    return [*found, ({"quantity": CHANCE, "target": JOINT}, text("all_targets_n", language, n=n), points)]


def rows_of(table: pd.DataFrame, where: dict[str, object]) -> pd.DataFrame:
    """Rows whose columns have the values given."""
    for name, value in where.items():
        table = table[table[name] == value]
    return table


def _shares_grid(
    study: Study, game: Coalitions, table: pd.DataFrame, columns: list[Column], words: tuple[str, str]
) -> Grid:
    title, language = words
    cells = {}
    for where, heading, unit in columns:
        mine = {str(row["player"]): row for row in rows_of(table, where).to_dict("records")}
        cells[heading] = {player: _cell(row, unit) for player, row in mine.items()}
    header = [text(f"attr_player_{game.by}", language), *cells]
    players = [player.player_id for player in game.players]
    rows = [[name_of(study, one, language), *(cells[name][one] for name in cells)] for one in [*players, WHOLE]]
    return title, header, rows


def _cell(row: Record, unit: Unit) -> str:
    """Mean share with the interval of the mean; a dash where no member is moved."""
    if row["sign"] == UNTOUCHED:
        return "–"
    mean, low, high = (signed(row[name], unit, _more(unit)) for name in ("contribution", "low", "high"))
    return f"{mean} [{low}, {high}]"


def _more(unit: Unit) -> int:
    """Digits beyond those of a level: effects on shares of GDP are ten-thousandths."""
    return 2 if unit.name == "%" else 1


def _alone_grid(study: Study, game: Coalitions, table: pd.DataFrame, columns: list[Column], language: str) -> Grid:
    """For each headline indicator and cost, the two ends between which a share lies."""
    header = [text(f"attr_player_{game.by}", language)]
    cells: dict[str, list[str]] = {player.player_id: [] for player in game.players}
    for where, heading, unit in columns[:-1]:
        header.append(heading)
        for row in rows_of(table, where).to_dict("records"):
            if row["player"] != WHOLE:
                cells[str(row["player"])].append(
                    f"{' / '.join(signed(row[name], unit, _more(unit)) for name in ('alone', 'last'))}"
                )
    rows = [[name_of(study, player, language), *mine] for player, mine in cells.items()]
    return text("attr_alone", language), header, rows


def _pairs_grid(study: Study, game: Coalitions, table: pd.DataFrame, columns: list[Column], language: str) -> Grid:
    """The largest interactions of each column."""
    rows = []
    for where, heading, unit in columns[:-1]:
        mine = rows_of(table, where)
        largest = mine.sort_values("contribution", key=abs, ascending=False, kind="stable").head(MOST_PAIRS)
        for place, row in enumerate(largest.to_dict("records")):
            one, other = (name_of(study, str(row[name]), language) for name in ("one", "other"))
            rows.append(
                [heading if place == 0 else "", f"{one} {text('attr_with', language)} {other}", _cell(row, unit)]
            )
    header = [text("indicator", language), text(f"attr_player_{game.by}", language), text("mean", language)]
    return text("attr_interactions", language, n=MOST_PAIRS), header, rows
