"""The verb `variance`: running the design, and putting the split on disk and on the screen."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any, cast

from model.commands import languages
from model.pick_freeze import RUNS_PER_ROW, Mixing, PickFreeze
from model.wiring import Question, Supplement, Wiring
from outputs.answering import answer, tell_failures
from outputs.design import foreseen
from outputs.variance import INTERACTIONS, headline_rows, share, variance_table

Record = Mapping[Hashable, Any]


def variance(args: Namespace, wiring: Wiring) -> int:
    """Run six members a row, and split the variance; the same command resumes, or shows what is there."""
    n_members = args.members * RUNS_PER_ROW
    question = designed(wiring.question(args))
    if args.dry_run:
        for line in foreseen(question.runner, n_members, args.workers):
            wiring.show(line)
        return 0
    study = answer(Namespace(**vars(args) | {"members": n_members}), question, wiring)
    table = variance_table(study)
    about = {"verb": "variance", "design": "pick-freeze by rows of six: A, A with one group of B four times, B"}
    supplement = Supplement("variance", about, {"variance": table}, ["variance"])
    folder = wiring.add(study, supplement, languages(args))
    for entry in study.definition.scenarios:
        shown = headline_rows(study, table[table["scenario"] == entry.scenario_id]).to_dict("records")
        rows = [_cells(row) for row in shown]
        title = f"{entry.label('en')} ({entry.scenario_id}), {study.definition.to_year}: share of the variance"
        wiring.grid(title, ["indicator", "group", "alone [95 %]", "with interactions [95 %]", "rows"], rows)
    wiring.show(
        f"Shares alone and interactions sum to 100 %. Chance is that of a simulation at 1:{args.scale}: what of it is "
        "due to the size of its agents, a finer --scale shows."
    )
    wiring.say(f"Split: {folder}")
    return tell_failures(study, wiring, debug=args.debug)


def designed(question: Question) -> Question:
    """The same question, asked of the members of the design; no scenario's word runs one of them alone."""
    # What the wiring hands over makes mixed members; its protocol asks for less.
    sources = {off: PickFreeze(cast("Mixing", source)) for off, source in question.runner.sources.items()}
    return replace(question, words={}, runner=replace(question.runner, sources=sources))


def _cells(row: Record) -> list[str]:
    first = f"{share(row['first'])} [{share(row['first_low'])}, {share(row['first_high'])}]"
    total = f"{share(row['total'])} [{share(row['total_low'])}, {share(row['total_high'])}]"
    is_first = row["group"] == "base"
    return [
        f"{row['indicator']} ({row['definition']})" if is_first else "",
        str(row["group"]),
        "nothing varies" if row["deviation"] == 0.0 else first,
        "" if row["group"] == INTERACTIONS or row["deviation"] == 0.0 else total,
        str(row["rows"]) if is_first else "",
    ]
