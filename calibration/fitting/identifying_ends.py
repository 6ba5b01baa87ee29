"""`identify --ends`: values that the evidence did not move, run at both ends of their priors."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from calibration.factors import acts
from calibration.fitting.conclusions import FALSE_SHARE, LEVEL
from calibration.fitting.ends import ENDS, EndDesign, EndRuns, end_chances, end_orders, reach_table
from calibration.fitting.ends_text import findings
from calibration.fitting.identifying import posterior_of, status_table
from calibration.fitting.posterior import FOLDER
from calibration.fitting.sizes import SCREEN_DRAWN, STRIDE
from calibration.inputs import Input, inputs
from model.commands import languages
from model.errors import CalibrationError, UsageError, near_match
from model.targets import headline
from model.wiring import Answer, Supplement, Wiring

if TYPE_CHECKING:
    import pandas as pd


def identify_ends(args: Namespace, wiring: Wiring) -> int:
    """Run a screen over all values, then what it keeps with members that the screen has not seen.

    Each of the two is a study of its own, so the same command goes on where a killed one stopped.
    """
    question = wiring.question(Namespace(**vars(args) | {"verb": "project"}))
    folder = posterior_of(question.drawn_from, args.posterior or FOLDER, args.studies_dir)
    status, targets = status_table(inputs(), folder), headline(question.targets)
    items, drawn = _chosen(args, status), max(args.screen_members, SCREEN_DRAWN[args.smoke])
    screen = EndDesign(tuple(items), 0, drawn, args.screen_members)
    is_screened = not args.only and len(items) > args.keep
    if args.dry_run:
        n = (2 * min(args.keep, len(items)) if is_screened else 2 * len(items)) * args.members + args.members
        runs = n + (screen.points().n_members if is_screened else 0)
        for line in wiring.foreseen(question, runs, args.workers):
            wiring.show(line)
        return 0
    tables = {"inputs": status}
    if is_screened:
        wiring.say(f"screen: {len(items)} values at both ends of their priors, {args.screen_members} members each")
        tables["end_screen"] = reach_table(EndRuns.of(_run(args, wiring, "screen", screen), screen, targets), args.keep)
        kept = set(tables["end_screen"].loc[tables["end_screen"]["kept"], "input"])
        items = [item for item in items if item.name in kept]
    if not items:
        raise CalibrationError("identify --ends: no value moves anything by the last year; give a later --to")
    design = EndDesign(tuple(items), drawn, args.members, args.members)
    wiring.say(f"ends: {args.members} members each, with {', '.join(item.name for item in items)}")
    study = _run(args, wiring, "ends", design)
    runs = EndRuns.of(study, design, targets)
    tables |= {"end_chances": end_chances(runs), "end_orders": end_orders(runs)}
    return _leave(args, wiring, study, tables)


def _chosen(args: Namespace, status: pd.DataFrame) -> list[Input]:
    """The values that are run: those that were named, or all that the evidence did not move and that act by the end.

    Raises
    ------
    UsageError : a name is unknown.
    """
    known = inputs()
    if args.only:
        unknown = [name for name in args.only if name not in known]
        if unknown:
            raise UsageError([f"--only: input '{name}' does not exist; {near_match(name, known)}" for name in unknown])
        return [known[name] for name in dict.fromkeys(args.only)]
    unmoved = [known[str(name)] for name in status.loc[~status["moved"], "input"]]
    unmoved = [item for item in unmoved if acts(item, args.to)]
    return unmoved[::STRIDE] if args.smoke else unmoved


def _run(args: Namespace, wiring: Wiring, name: str, design: EndDesign) -> Answer:
    """Run a design as a study of its own."""
    points = design.points()
    own = {"members": points.n_members, "study": f"{args.study}.{name}" if args.study else None}
    asked = Namespace(**vars(args) | own)
    return wiring.answer(asked, wiring.question(asked, points=points))


def _leave(args: Namespace, wiring: Wiring, study: Answer, tables: dict[str, pd.DataFrame]) -> int:
    """Write tables, chart and findings beside the study, and show the findings."""
    about = {
        "verb": "identify",
        "ends": list(ENDS),
        "members": args.members,
        "screen_members": args.screen_members if "end_screen" in tables else 0,
        "level": LEVEL,
        "false_discovery_rate": FALSE_SHARE,
        "posterior": str(tables["inputs"].attrs["posterior"]),
    }
    text = findings(tables)
    supplement = Supplement("identifiability", about, tables, ["identifiability_ends"], {"findings.md": text})
    folder = wiring.add(study, supplement, languages(args))
    wiring.show(text)
    wiring.show(str(folder))
    return 0
