"""The verb `seek`: the cheapest lever path with the chance wanted, found on the emulator and run in the model."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.commands import languages
from model.errors import StudyError, UsageError
from model.lever_chances import ALL
from model.lever_training import ALL_PAYERS, DISTRICT
from model.policy import PolicyPath, quarter_of
from model.targets import headline
from model.wiring import Question, Supplement, Wiring
from scenarios.emulating import Trained, trained
from scenarios.frontier import SEARCHES, Effort, Frontier, Objective, seek_best, seek_frontier, spread
from scenarios.lever_space import CHOSEN, TOP, Named, all_at, intensities, levels, path_of
from scenarios.scenario import load
from scenarios.sought import candidate_table, frontier_table, lever_table, rerun_of, scenario_text, verdict_table
from scenarios.targets import load_targets
from scenarios.telling import show_answer

FloatArray = NDArray[np.float64]
FOLDER = "seek"
REFERENCES = ("baseline", "plan", "strong")
PAYERS = {"all": ALL_PAYERS, "district": DISTRICT}


@dataclass(frozen=True, eq=False)
class Candidates:
    """Paths that are run in the model: references, those of the frontier, and the likeliest for each target."""

    paths: tuple[PolicyPath, ...]
    settings: dict[str, FloatArray]
    """Of each path that was sought, by its id."""


def seek(args: Namespace, wiring: Wiring) -> int:
    """Search on the emulator, run what was found on fresh members, and say what holds."""
    targets = load_targets(args.targets)
    found = trained(args, wiring, targets)
    refuse(args, found)
    objective = objective_of(found, PAYERS[args.payer])
    effort = effort_of(args)
    frontier = seek_frontier(objective, len(CHOSEN), effort)
    candidates = candidates_of(args, found, objective, frontier)
    question = wiring.question(args, candidates.paths)
    _refuse_other_data(found, question)
    if args.dry_run:
        for line in wiring.foreseen(question, args.members, args.workers):
            wiring.show(line)
        return 0
    study = wiring.answer(args, question)
    rerun = rerun_of(study, targets, PAYERS[args.payer])
    rows = candidate_table(found, rerun, args.budget)
    verdicts = verdict_table(rerun, rows, args.chance)
    chosen = str(verdicts.loc[verdicts["target"] == ALL, "path"].iloc[0])
    tables = {
        "frontier": frontier_table(found, frontier, rows, args.chance),
        "paths": rows,
        "targets": verdicts,
        "levers": lever_table(candidates.paths),
    }
    about = {
        "verb": "seek",
        "trained_on": found.study.study_id,
        "chance": args.chance,
        "budget_bn_yuan": args.budget,
        "payer": args.payer,
        "cuts": not args.no_cuts,
        "population": args.population,
        "generations": args.generations,
        "evaluations": SEARCHES * args.population * args.generations,
        "chosen": chosen,
    }
    text = scenario_text(chosen, candidates.settings[chosen], verdicts, args.chance)
    supplement = Supplement(FOLDER, about, tables, ["frontier", "sought_levers"], {"sought.yaml": text})
    folder = wiring.add(study, supplement, languages(args))
    show_answer(found, rerun, tables, args, wiring)
    wiring.show(f"Scenario file: {folder / 'sought.yaml'}")
    wiring.say(f"Search: {folder}")
    return 0


def effort_of(args: Namespace) -> Effort:
    """How long is searched, and in what."""
    return Effort(args.population, args.generations, args.seed, args.budget, cuts=not args.no_cuts)


def objective_of(found: Trained, payer: str) -> Objective:
    """What the search asks of the emulator: added cost in bn yuan, and chances with all targets at once last."""
    n_quarters = found.study.definition.n_quarters

    def objective(settings: FloatArray) -> tuple[FloatArray, FloatArray]:
        said = found.emulator.predict(intensities(settings, n_quarters))
        return found.added_cost(said, payer), said.chance

    return objective


def candidates_of(args: Namespace, found: Trained, objective: Objective, frontier: Frontier) -> Candidates:
    """Choose what is run; a target that the frontier does not bring to the chance wanted has its own likeliest path."""
    n_quarters = quarter_of(args.to)
    settings = {
        f"seek_{number}": frontier.settings[place]
        for number, place in enumerate(spread(frontier, args.candidates, args.chance), start=1)
    }
    effort = effort_of(args)
    for row, target in enumerate(headline(found.targets)):
        if frontier.chances[row].max() < args.chance:
            settings[f"best_{target.target_id}"] = seek_best(objective, len(CHOSEN), row, effort)
    top = path_of(levels(all_at(1.0)), TOP, n_quarters)
    paths = [*load(list(REFERENCES), n_quarters), top]
    for name, setting in settings.items():
        number = name.removeprefix("seek_")
        zh, en = (f"寻优路径 {number}", f"Path found {number}")
        if number == name:
            zh, en = (
                f"{name.removeprefix('best_')} 概率最高的路径",
                f"Likeliest path for {name.removeprefix('best_')}",
            )
        paths.append(path_of(levels(setting), Named(name, zh, en), n_quarters))
    return Candidates(tuple(paths), settings)


def refuse(args: Namespace, found: Trained) -> None:
    """Refuse sizes with which a re-run would be another question, or the same luck, and cuts that were not learnt.

    Raises
    ------
    UsageError : all of that at once.
    """
    definition = found.study.definition
    problems = [
        f"--{name}: {asked} is not {there}, with which the emulator was trained"
        for name, asked, there in (("scale", args.scale, definition.scale), ("to", args.to, definition.to_year))
        if asked != there
    ]
    if args.seed == definition.seed:
        problems.append(f"--seed: {args.seed} gives the members of training; fresh ones need another")
    if not args.no_cuts and not (found.known.intensity < found.known.intensity[:1, :, :1]).any():
        problems.append("--no-cuts: the emulator has learnt no lever below 2020; give this flag, or run `learn` again")
    if problems:
        raise UsageError(problems)


def _refuse_other_data(found: Trained, question: Question) -> None:
    """Refuse to hold an emulator against a model with other data or another posterior."""
    there = found.study.definition
    if there.data_hash != question.data_hash or dict(there.drawn_from) != dict(question.drawn_from):
        raise StudyError(
            f"study {found.study.path}: trained on other data or another posterior ({there.data_hash}, "
            f"{there.drawn_from.get('values')}) than now ({question.data_hash}, {question.drawn_from.get('values')}); "
            "run `learn` again"
        )
