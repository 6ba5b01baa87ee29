"""From a question to a complete study on disk, and from a complete study to tables, charts and a screen."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from model.commands import STUDIES
from model.ensemble import run_ensemble
from model.executors import executor_for
from model.wiring import STALE, Question, Wiring
from outputs import observed
from outputs.charts import gallery
from outputs.design import Design, command_of_one, define, missing_batches, part_of
from outputs.progress import Progress
from outputs.screen import show
from outputs.store import Study
from outputs.tables import TABLES, has_too_many_for_charts, write_tables


def answer(args: Namespace, question: Question, wiring: Wiring) -> Study:
    """Run what is missing of the study that a question defines.

    Parameters
    ----------
    args : the shared flags of a verb that simulates; ``shard`` and ``only_member`` where it has them.

    Returns
    -------
    The complete study; nothing is run if it was.

    Raises
    ------
    StudyError : the name stands for another study, no run finishes, or the disk is full.
    UsageError : nobody answers at the address of the scheduler; nothing is written then.
    """
    part = part_of(args.members, getattr(args, "shard", None), getattr(args, "only_member", None))
    sizes = (args.members, args.seed, args.scale, args.to)
    design = Design(args.verb, *sizes, question.code_version, question.data_hash, part, question.drawn_from)
    base = question.runner.sources[question.paths[0].switch_off](0).base
    definition = define(design, question.paths, question.targets, base)
    command = shlex.join(["run.py", *sys.argv[1:]])
    name = args.study or definition.whole.study_id
    study = Study.designed(definition, args.studies_dir, f"{name}{_ending(args)}" if part else args.study, command)
    batches = missing_batches(study, args.workers)
    if batches:
        further = further_flags(args)

        def repeat(scenario_id: str, member: int) -> str:
            word = question.words.get(scenario_id)
            return command_of_one(definition, word, member, further) if word else command

        executor = executor_for(args.workers, args.scheduler)
        study.begin()
        observed.keep(study.path, question.observed)
        with Progress(study, batches, repeat, quiet=args.quiet) as sink:
            run_ensemble(question.runner, batches, executor, sink)
    elif study.is_complete:
        wiring.say(f"Study {study.path} is complete; nothing is run.")
    if batches or not study.is_complete:  # a stop after the last batch leaves the gathering alone to be done
        study.compact()
    return study


def _ending(args: Namespace) -> str:
    """What a part adds to the name of the whole study."""
    return f".shard{args.shard.replace('/', 'of')}" if args.shard else f".member{args.only_member}"


def further_flags(args: Namespace) -> list[str]:
    """Flags beside scenario, member and sizes that one run needs, to be the same run again."""
    flags = ["--targets", str(args.targets)] if args.targets else []
    flags += ["--check"] if args.check else []
    flags += ["--prior"] if getattr(args, "prior", False) else []
    flags += ["--posterior", str(args.posterior)] if getattr(args, "posterior", None) else []
    flags += ["--draws", args.draws] if getattr(args, "draws", "independent") != "independent" else []
    flags += ["--stale-posterior"] if getattr(args, "stale_posterior", False) else []
    return [*flags, *studies_flag(args.studies_dir)]


def studies_flag(folder: Path) -> list[str]:
    """The flag that names the folder of studies, unless it is where studies lie anyway."""
    return [] if folder == STUDIES else ["--studies-dir", str(folder)]


def show_part(study: Study, wiring: Wiring, *, debug: bool) -> int:
    """Say which members a part holds and what is to be done with it; a part has neither tables nor charts."""
    whole, members = study.definition.members, study.definition.members_run
    wiring.show(f"{study.path}: members {members[0]} to {members[-1]} of {whole}, counted from 0")
    if ".shard" in study.path.name:
        name = study.path.name.rpartition(".shard")[0]
        words = ["merge", name, *studies_flag(study.path.parent)]
        wiring.say(f"When all shards are there: python3 run.py {shlex.join(words)}")
    return tell_failures(study, wiring, debug=debug)


def show_answer(study: Study, languages: Sequence[str], wiring: Wiring, *, processes: int = 1, debug: bool) -> int:
    """Write tables and charts where they are not there yet, put the result on stdout, and tell what failed."""
    if not is_written(study, languages):
        write_everything(study, languages, processes)
    show(study, languages[0] if len(languages) == 1 else "en", sys.stdout)
    drawn_from = study.definition.values_from
    tell = wiring.warn if STALE in drawn_from else wiring.say
    tell(f"Study: {study.path}; values of members: {drawn_from}")
    return tell_failures(study, wiring, debug=debug)


def tell_failures(study: Study, wiring: Wiring, *, debug: bool) -> int:
    """Say a line for each run that failed, with its traceback if asked; exit code 1 if there is any."""
    for failure in study.failed():
        wiring.warn(failure.line)
        if debug and failure.trace:
            wiring.warn(failure.trace)
    return 1 if study.failed() else 0


def write_everything(study: Study, languages: Sequence[str], processes: int = 1) -> list[Path]:
    """Write all tables and all charts of a complete study, in so many processes; returns the files."""
    tables = write_tables(study)
    if has_too_many_for_charts(study):
        return tables
    return [*tables, *gallery.draw_side_by_side(study, languages, processes)]


def is_written(study: Study, languages: Sequence[str]) -> bool:
    """Whether every table and chart of a study is there, and none is older than the results.

    A stop in the middle of drawing leaves some out; a failed run that is run again makes all of them old.
    """
    charts = [
        study.charts_dir / f"{c.chart_id}_{lang}.{kind}"
        for c in gallery.all_charts()
        for lang in languages
        for kind in gallery.KINDS
        if not has_too_many_for_charts(study)
    ]
    files = [*charts, *(study.tables_dir / f"{name}.csv" for name in TABLES)]
    since = study.finished_at
    return all(path.is_file() and path.stat().st_mtime_ns >= since for path in files)
