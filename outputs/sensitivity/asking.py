"""The verb `sensitivity`: a design of runs, a study of it, and tables, charts and words of what moves the results."""

from __future__ import annotations

import hashlib
import json
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model.commands import languages
from model.errors import StudyError, UsageError
from model.factors import LEVER, Factor
from model.policy import PolicyPath
from model.wiring import Question, Supplement, Wiring
from outputs.answering import answer, tell_failures
from outputs.commands import told_in
from outputs.design import foreseen
from outputs.language import text
from outputs.markdown import show_all
from outputs.sensitivity import showing
from outputs.sensitivity.designing import GRID, MORRIS, SOBOL, Design, morris_design, sobol_design
from outputs.sensitivity.grouping import LEVERS, REST, STANDARD, grouped, lever_factors, luck_factor, too_many
from outputs.sensitivity.indices import sobol_table
from outputs.sensitivity.levels import level_paths, level_table
from outputs.sensitivity.screening import screen_table, strongest
from outputs.store import Study
from outputs.variance import INTERACTIONS

if TYPE_CHECKING:
    import pandas as pd

STRIDE = 12
"""A tiny screen moves every so many factors only."""


@dataclass(frozen=True)
class Asked:
    """The scenario, the two between which levers move, and the factors."""

    path: PolicyPath
    low: PolicyPath
    high: PolicyPath
    groups: Mapping[str, tuple[Factor, ...]]
    labels: Mapping[str, tuple[str, str]]
    """Group -> its name in Chinese and English."""


def sensitivity(args: Namespace, wiring: Wiring) -> int:
    """Run the design, or what is missing of it, and say what moves the results."""
    asked = _asked(args, wiring)
    design = None if args.method == GRID else _design(args, asked)
    question, members = _question(args, wiring, asked, design)
    if args.dry_run:
        for line in foreseen(question.runner, members, args.workers):
            wiring.show(line)
        return 0
    study = answer(Namespace(**vars(args) | {"members": members}), question, wiring)
    shown = showing.indicators_shown(study, args.indicators)
    tables, charts = _tables(study, design, asked, shown)
    about = {
        "verb": "sensitivity",
        "method": args.method,
        "groups": {name: [factor.name for factor in mine] for name, mine in asked.groups.items()},
        "between": [asked.low.scenario_id, asked.high.scenario_id],
        "indicators": shown,
    }
    digest = hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:8]
    folder = wiring.add(study, Supplement(f"sensitivity/{digest}", about, tables, charts), languages(args))
    _show(args, wiring, (study, tables, shown), asked, design)
    wiring.say(f"Sensitivity: {folder}")
    return tell_failures(study, wiring, debug=args.debug)


def _asked(args: Namespace, wiring: Wiring) -> Asked:
    """Read the three scenarios and sort the factors into groups.

    Raises
    ------
    UsageError : a group is unknown or moves nothing, or a word stands for several scenarios.
    """
    words = list(dict.fromkeys([*args.scenarios, *args.between]))
    paths = wiring.question(Namespace(**vars(args) | {"scenarios": words})).paths
    if len(paths) != len(words):
        raise UsageError("--scenarios, --between: name single scenarios, not each_lever")
    by_word = dict(zip(words, paths, strict=True))
    path, low, high = (by_word[word] for word in (args.scenarios[0], *args.between))
    moving = [
        lever
        for lever, one, other in zip(low.levers, low.intensity, high.intensity, strict=True)
        if (one != other).any()
    ]
    factors = lever_factors(moving)
    if args.method != GRID:
        factors = [*wiring.factors(args), *factors, luck_factor()]
    groups = grouped(_words(args), factors)
    ends = " and ".join(args.between)
    empty = [f"--groups: {name} moves nothing between {ends}" for name, mine in groups.items() if not mine]
    if args.method == SOBOL:
        empty += too_many(list(groups))
    if empty and (args.groups or len(empty) == len(groups)):
        raise UsageError(empty)
    groups = {name: mine for name, mine in groups.items() if mine}
    return Asked(path, low, high, groups, {name: group_label(name, mine) for name, mine in groups.items()})


def _words(args: Namespace) -> Sequence[str]:
    """Groups asked for; those of a screen, the standard ones, or all levers where none are."""
    if args.screened:
        return [*_screened(args), REST, "luck"]
    return args.groups or ([LEVERS] if args.method == GRID else STANDARD)


def _screened(args: Namespace) -> list[str]:
    """The strongest factors of a Morris screen, for its headline indicators.

    Raises
    ------
    StudyError : the study holds no screen.
    """
    import pandas as pd  # noqa: PLC0415 - heavy, and only readers need it

    study = Study.open_whole(args.studies_dir / args.screened)
    files = sorted(study.path.glob("sensitivity/*/screen.csv"))
    if not files:
        raise StudyError(f"--screened {args.screened}: no screen in it; run `sensitivity --method morris` with --study")
    table = pd.read_csv(files[0], encoding="utf-8-sig")
    return strongest(table, showing.indicators_shown(study, []), args.keep)


def group_label(name: str, mine: Sequence[Factor]) -> tuple[str, str]:
    """Name of a group in Chinese and English: of its parts, or of the one factor that it is."""
    if len(mine) == 1 and name == mine[0].name != "luck":
        return mine[0].zh, mine[0].en
    known = {factor.name: factor for factor in mine}

    def part(word: str, language: str) -> str:
        if word in known and word != "luck":
            return known[word].label(language)
        family = word.removeprefix(f"{LEVERS}:")
        if family != word:
            return text("group_levers", language, family=text(family, language))
        return text(f"group {word}", language)

    words = name.split("+")
    return "、".join(part(word, "zh") for word in words), " and ".join(part(word, "en") for word in words)


def _design(args: Namespace, asked: Asked) -> Design:
    if args.method == SOBOL:
        return sobol_design(asked.groups, args.samples, args.seed)
    factors = [factor for mine in asked.groups.values() for factor in mine]
    return morris_design(factors[::STRIDE] if args.smoke else factors, args.trajectories, args.seed)


def _question(args: Namespace, wiring: Wiring, asked: Asked, design: Design | None) -> tuple[Question, int]:
    """What is to be run: a point a member, or a scenario a level of a lever; and how many members."""
    if design is None:
        ids = [factor.name.removeprefix(LEVER) for mine in asked.groups.values() for factor in mine]
        paths = level_paths(asked.path, (asked.low, asked.high), ids, args.levels)
        return wiring.question(args, paths=paths), args.members
    points = design.points()
    own = Namespace(**vars(args) | {"members": points.n_members})
    question = wiring.question(own, paths=[design.held(asked.path)], points=points)
    policies = design.policies(asked.low, asked.high)
    if policies:
        said = f"{asked.low.scenario_id} to {asked.high.scenario_id}, {policies.points_id}"
        drawn = {**question.drawn_from, "levers": said}
        question = replace(question, runner=replace(question.runner, policies=policies), drawn_from=drawn)
    return question, points.n_members


def _tables(
    study: Study, design: Design | None, asked: Asked, shown: Sequence[showing.Shown]
) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """Tables by name, and the charts of them."""
    if design is None:
        grid = level_table(study)
        tables = {"levels": grid, "tornado": showing.tornado_of_grid(grid, shown), "shown": _rows(grid, shown)}
        return tables, ["tornado", "lever_levels"]
    if design.method == MORRIS:
        screen = screen_table(study, design)
        if next(showing.chosen(screen, shown), None) is None:
            return {"screen": screen}, []
        tables = {"screen": screen, "heat": showing.heat_of_morris(screen, shown)}
        tables["tornado"] = showing.tornado_of_morris(screen, shown)
        return tables, ["sensitivity_heat", "tornado"]
    interactions = (text("group interactions", "zh"), text("group interactions", "en"))
    shares = sobol_table(study, design, {**asked.labels, INTERACTIONS: interactions})
    if next(showing.chosen(shares, shown), None) is None:
        return {"shares": shares}, []
    return {"shares": shares, "heat": showing.heat_of_sobol(shares, shown)}, ["sensitivity_heat"]


def _rows(table: pd.DataFrame, shown: Sequence[showing.Shown]) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415

    return pd.concat(list(showing.chosen(table, shown)))


def _show(
    args: Namespace,
    wiring: Wiring,
    found: tuple[Study, Mapping[str, pd.DataFrame], Sequence[showing.Shown]],
    asked: Asked,
    design: Design | None,
) -> None:
    """Tables of the last year, how far they have converged, and what was held."""
    (study, tables, shown), language = found, told_in(args)
    if design is None:
        grids, notes = showing.grid_grids(study, tables["levels"], shown, language), list[str]()
    elif design.method == MORRIS:
        grids = showing.morris_grids(study, tables["screen"], shown, language)
        notes = list(showing.ranking_convergence(study, tables["screen"], shown, language))
    else:
        grids = showing.sobol_grids(study, tables["shares"], shown, language)
        notes = [showing.convergence(tables["shares"], shown, language)]
    if design is not None:
        notes += [showing.unmoved(study, tables["screen" if design.method == MORRIS else "shares"], shown, language)]
        names = {"scenario": asked.path, "low": asked.low, "high": asked.high}
        labels = {key: path.label_zh if language == "zh" else path.label_en for key, path in names.items()}
        notes += [text("held", language, **labels)]
        notes += [] if design.moves_luck else [text("luck_held", language)]
    show_all(wiring, study, grids, filter(None, notes), as_markdown=args.markdown)
