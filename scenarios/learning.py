"""The verb `learn`: a study of many lever paths, and the emulator trained on it with its cross-validated error."""

from __future__ import annotations

import math
from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from model.commands import languages
from model.errors import StudyError
from model.lever_chances import ALL
from model.lever_emulator import LeverEmulator
from model.lever_training import (
    ALL_PAYERS,
    DISTRICT,
    FOLDER,
    REFERENCE,
    SIZES,
    VALIDATION,
    Training,
    anchor_name,
    training,
    unlike,
)
from model.lever_validation import FOLDS, CrossValidated, cross_validate
from model.policy import quarter_of
from model.targets import Target
from model.wiring import Answer, Question, Supplement, Wiring, code_version
from scenarios.figures import figure
from scenarios.lever_space import training_paths
from scenarios.levers import LEVERS
from scenarios.scenario import load
from scenarios.targets import load_targets

if TYPE_CHECKING:
    import pandas as pd

LEFT_OUT = "left_out"
"""Table of what was foretold of each path that was left out, beside what was run."""
WORDS = {
    "gdp": "GDP",
    ALL_PAYERS: "cost since 2021, all payers",
    DISTRICT: "cost since 2021, district",
    ALL: "all targets",
}


def learn(args: Namespace, wiring: Wiring) -> int:
    """Run the training study, or read it where it is complete, then train and cross-validate; nothing is drawn anew."""
    study = wiring.study(args)
    if study is None:
        question = asked(args, wiring)
        if args.dry_run:
            for line in wiring.foreseen(question, args.members, args.workers):
                wiring.show(line)
            wiring.show(f"and {args.anchor} runs of the policy of 2020 alone")
            return 0
        study = wiring.answer(args, question)
    anchor = _anchor(args, study, wiring)
    if study.definition.verb != "learn":
        raise StudyError(
            f"study {study.path}: made by `{study.definition.verb}`; an emulator needs one made by `learn`"
        )
    targets = load_targets(args.targets)
    known = training(study, LEVERS, targets, anchor)
    sizes = f"{len(known.path_ids)} paths x {len(known.members)} members, levels of {len(known.outcomes[0].base)}"
    wiring.say(f"{sizes}: training, then {FOLDS} folds are left out")
    emulator = LeverEmulator.fit(known.features, known.outcomes, known.intensity)
    validated = cross_validate(known.features, known.outcomes, known.intensity)
    table = validated.table()
    folder = wiring.add(study, _supplement(study, known, emulator, validated), languages(args))
    show_errors(table, targets, wiring)
    wiring.say(f"Emulator: {folder}")
    return 0


def asked(args: Namespace, wiring: Wiring) -> Question:
    """The paths of the training study, as a question."""
    return wiring.question(args, training_paths(args.paths, args.seed, quarter_of(args.to)))


def _anchor(args: Namespace, study: Answer, wiring: Wiring) -> Answer:
    """The study of many members under the policy of 2020, run where it is not there."""
    mine = Namespace(**vars(args) | {"study": anchor_name(study), "members": args.anchor})
    anchor = wiring.study(mine) or wiring.answer(mine, wiring.question(mine, load([REFERENCE], quarter_of(args.to))))
    if differs := unlike(study, anchor):
        raise StudyError(f"study {anchor.path}: not of the same {', '.join(differs)} as {study.path}; remove it")
    return anchor


def _supplement(study: Answer, known: Training, emulator: LeverEmulator, validated: CrossValidated) -> Supplement:
    """What must be kept to have the emulator again, and how wrong it is."""
    about = {
        "verb": "learn",
        "paths": len(known.path_ids),
        "members": len(known.members),
        "anchor": anchor_name(study),
        "anchor_members": len(known.outcomes[0].base),
        "folds": FOLDS,
        "levers": [lever.lever_id for lever in LEVERS],
        "run_with": study.definition.versions.get("project", ""),
        "trained_with": code_version(),
    }
    tables = {
        SIZES: emulator.sizes_table(),
        VALIDATION: validated.table(),
        LEFT_OUT: left_out_table(known, validated),
    }
    return Supplement(FOLDER, about, tables, ["emulator"])


def left_out_table(known: Training, validated: CrossValidated) -> pd.DataFrame:
    """One row a path and outcome: what was run and what was foretold of it when it was left out."""
    import pandas as pd  # noqa: PLC0415 - heavy, and only the verb needs it

    frames = []
    for what, names, both, usual in (
        ("mean", validated.names, validated.mean, validated.usual),
        ("chance", validated.goals, validated.chance, validated.usual_chance),
        ("share", validated.goals, validated.share, validated.usual_share),
    ):
        for row, name in enumerate(names):
            columns = {"path": known.path_ids, "run": both[0][row], "foretold": both[1][row], "trivial": usual[row]}
            frames.append(pd.DataFrame({"what": what, "outcome": name, **columns}))
    return pd.concat(frames, ignore_index=True)


def show_errors(table: pd.DataFrame, targets: tuple[Target, ...], wiring: Wiring) -> None:
    """Put the cross-validated errors on the screen, and say where the emulator does not beat the trivial predictor."""
    names = WORDS | {target.target_id: target.name_en for target in targets}
    units = dict.fromkeys(WORDS, "yuan") | {target.target_id: target.unit for target in targets}
    rows, worse = [], []
    for row in table.to_dict("records"):
        name = f"{names.get(str(row['outcome']), row['outcome'])}: {row['what']}"
        ratio = float(row["over_trivial"])
        unit = units[str(row["outcome"])] if row["what"] == "mean" else "share"
        bounds = [figure(float(row[column]), unit) for column in ("lowest", "highest")]
        cells = [*bounds, *(figure(float(row[column]), unit, 2) for column in ("rmse", "trivial_rmse"))]
        rows.append([name, *cells, "no path differs" if math.isnan(ratio) else f"{ratio:.2f}"])
        if ratio >= 1.0:
            worse.append(name)
    header = ["outcome", "lowest", "highest", "error (rms)", "of the mean of paths", "ratio"]
    wiring.grid(f"Left-out paths: emulator beside the trivial predictor, {FOLDS} folds", header, rows)
    if worse:
        wiring.show("The emulator does not beat the trivial predictor in: " + "; ".join(worse) + ".")
    else:
        wiring.show("The emulator beats the trivial predictor in every outcome that differs among paths.")


def error_of(errors: Mapping[tuple[str, str], Mapping[str, float]], what: str, outcome: str) -> float:
    """Root mean square error by cross-validation of a mean or a chance; NaN where none was measured."""
    return float(errors.get((what, outcome), {}).get("rmse", np.nan))


__all__ = ["LEFT_OUT", "asked", "error_of", "learn", "left_out_table", "show_errors"]
