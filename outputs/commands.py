"""The verbs that leave or read a study: their flags, and what each does.

At its top it imports what comes with Python, and `model.commands`, which does the same: the command line is read before
anything is installed.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from model.commands import cores, languages

if TYPE_CHECKING:
    from model.wiring import Wiring

FORMATS = ("docx", "html", "pdf", "pptx", "xlsx")
"""Of reports."""


def told_in(args: Namespace) -> str:
    """Language of what the screen says: English unless Chinese alone is asked for."""
    return "zh" if args.lang == "zh" else "en"


def flags_project(parser: ArgumentParser) -> None:
    """Declare what `project` takes beside the flags of every run."""
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--shard", metavar="K/N", help="run the K-th of N parts of the members; `merge` joins them")
    part.add_argument("--only-member", type=int, metavar="N", help="run this one member of the study, from 0")
    text = "each member for itself, or spread over the strata of each uncertain value (default: independent)"
    parser.add_argument("--draws", choices=["independent", "stratified"], default="independent", help=text)


def problems_project(args: Namespace) -> list[str]:
    """Say what is wrong with the part that is asked for."""
    if args.only_member is not None and not 0 <= args.only_member < args.members:
        return [f"--only-member: {args.only_member} is not between 0 and {args.members - 1}"]
    if args.shard is not None:
        found = re.fullmatch(r"([1-9]\d*)/([1-9]\d*)", args.shard)
        if not found or not int(found[1]) <= int(found[2]) <= args.members:
            return [f"--shard: {args.shard} is not K/N, 1 <= K <= N <= {args.members}, such as 1/4"]
    return []


def run_project(args: Namespace, wiring: Wiring) -> int:
    """Run the scenarios over the members and leave a study; repeat the command to resume or to read it again."""
    question = wiring.question(args)
    from outputs.answering import answer, show_answer, show_part  # after the question: what is wrong in it is told soon
    from outputs.design import foreseen, part_of

    if args.dry_run:
        part = part_of(args.members, args.shard, args.only_member)
        for line in foreseen(question.runner, len(range(*part or (args.members,))), args.workers):
            wiring.show(line)
        return 0
    study = answer(args, question, wiring)
    if study.definition.part:
        return show_part(study, wiring, debug=args.debug)
    return show_answer(study, languages(args), wiring, processes=args.workers, debug=args.debug)


def flags_merge(parser: ArgumentParser) -> None:
    """Declare what `merge` takes."""
    parser.add_argument("study", help="name of the whole study; the shards say it")
    parser.add_argument("shards", nargs="*", metavar="FOLDER", help="default: all shards of that name")


def run_merge(args: Namespace, wiring: Wiring) -> int:
    """Join the shards of a study into one with the bytes of a study never cut."""
    from outputs.answering import show_answer
    from outputs.merging import merge

    study = merge(args.studies_dir, args.study, args.shards)
    return show_answer(study, languages(args), wiring, debug=args.debug)


def _add_markdown(parser: ArgumentParser) -> None:
    parser.add_argument("--markdown", action="store_true", help="write the tables as Markdown")


def flags_compare(parser: ArgumentParser) -> None:
    """Declare what `compare` takes beside the flags of every run."""
    parser.set_defaults(scenarios=None)
    parser.add_argument("studies", nargs="*", metavar="STUDY", help="one study, or two; none: --scenarios are run")
    parser.add_argument("--against", metavar="S", help="the reference (default: the first scenario)")
    parser.add_argument("--anyway", action="store_true", help="compare studies that differ in more than policy")
    _add_markdown(parser)


def problems_compare(args: Namespace) -> list[str]:
    """Say what is wrong with what is to be compared."""
    if len(args.studies) > 2:
        return [f"compare: {len(args.studies)} studies are given; give one, or two"]
    if args.studies and args.scenarios:
        return ["compare: give studies or --scenarios, not both; a study knows its scenarios"]
    return []


def run_compare(args: Namespace, wiring: Wiring) -> int:
    """Compare scenarios under shared luck."""
    from outputs.showing_comparison import compare

    return compare(args, wiring)


def flags_milestones(parser: ArgumentParser) -> None:
    """Declare what `milestones` takes beside the flags of every run."""
    parser.set_defaults(scenarios=None)
    parser.add_argument("read", nargs="?", metavar="STUDY", help="a complete study; none: --scenarios are run")
    parser.add_argument("--chance", type=float, default=0.8, metavar="P", help="of what is promised (default: 0.8)")
    _add_markdown(parser)


def problems_milestones(args: Namespace) -> list[str]:
    """Say what is wrong with the study and the chance."""
    found = [] if 0.0 < args.chance < 1.0 else [f"--chance: {args.chance} is not between 0 and 1"]
    if args.read and args.scenarios:
        found.append("milestones: give a study or --scenarios, not both; a study knows its scenarios")
    return found


def run_milestones(args: Namespace, wiring: Wiring) -> int:
    """Break the targets down by year, and say what each scenario reaches with a given chance."""
    from outputs.showing_milestones import milestones

    return milestones(args, wiring)


def flags_deadline(parser: ArgumentParser) -> None:
    """Declare what `deadline` takes beside the flags of every run."""
    parser.set_defaults(scenarios=["plan"])
    add = parser.add_argument
    add("--by", choices=["lever", "family"], default="lever", help="what begins later as a whole (default: lever)")
    add("--only", nargs="+", default=[], metavar="ID", help="levers or families to delay (default: all that move)")
    add("--threshold", type=float, default=0.8, metavar="P", help="chance of a target to be kept (default: 0.8)")
    add("--keep", type=float, default=0.5, metavar="SHARE", help="of the gain to be kept (default: 0.5)")
    _add_markdown(parser)


def problems_deadline(args: Namespace) -> list[str]:
    """Say what is wrong with the scenario and with what is to be kept."""
    found = []
    if len(args.scenarios) != 1:
        found.append(f"--scenarios: {len(args.scenarios)} are given; `deadline` takes one, such as --scenarios plan")
    given = (("threshold", args.threshold), ("keep", args.keep))
    return found + [f"--{name}: {value} is not between 0 and 1" for name, value in given if not 0.0 < value < 1.0]


def run_deadline(args: Namespace, wiring: Wiring) -> int:
    """Say what a later start of each lever or family costs, and until when it may wait."""
    from outputs.showing_deadline import deadline

    return deadline(args, wiring)


def flags_attribute(parser: ArgumentParser) -> None:
    """Declare what `attribute` takes beside the flags of every run."""
    parser.set_defaults(scenarios=["plan"])
    add = parser.add_argument
    add("--against", default="baseline", metavar="S", help="whose levers stand in for those left out (baseline)")
    add("--by", choices=["family", "lever"], default="family", help="who takes a share (default: family)")
    add("--pairs", type=int, default=4, metavar="N", help="orders of single levers, each with its reverse (4)")
    _add_markdown(parser)


def problems_attribute(args: Namespace) -> list[str]:
    """Say what is wrong with what is to be shared out."""
    found = []
    if len(args.scenarios) != 1:
        found.append(f"--scenarios: {len(args.scenarios)} are given; `attribute` takes one, such as --scenario plan")
    if args.against in args.scenarios:
        found.append(f"--against: {args.against} is the scenario itself, which has no effect beside itself")
    if not 2 <= args.pairs <= 1000:
        found.append(f"--pairs: {args.pairs} is not between 2 and 1000")
    return found


def run_attribute(args: Namespace, wiring: Wiring) -> int:
    """Share the effect of a scenario out among its levers or families."""
    from outputs.showing_attribution import attribute

    return attribute(args, wiring)


def flags_effects(parser: ArgumentParser) -> None:
    """Declare what `effects` takes."""
    parser.add_argument("study", help="name of the study")


def run_effects(args: Namespace, wiring: Wiring) -> int:
    """Print what each scenario of a study changes, as a Markdown table."""
    from outputs.effects import sign_table
    from outputs.store import Study

    wiring.show(sign_table(Study.open_whole(args.studies_dir / args.study)).rstrip("\n"))
    return 0


def flags_update(parser: ArgumentParser) -> None:
    """Declare what `update` takes."""
    add = parser.add_argument
    add("study", help="name of a complete study")
    add("--observations", type=Path, required=True, metavar="FILE", help="CSV as for `validate`, with standard errors")
    add("--policy-now", metavar="SCENARIO", help="the scenario that holds the levers as they stand by now")
    add("--policy-now-study", metavar="NAME", help="study that has it (default: the same)")


def problems_update(args: Namespace) -> list[str]:
    """Say what is wrong with what `update` is given."""
    found = [] if args.observations.is_file() else [f"--observations: {args.observations} is not a file"]
    if args.policy_now_study and not args.policy_now:
        found.append("--policy-now-study: say which of its scenarios with --policy-now")
    return found


def run_update(args: Namespace, wiring: Wiring) -> int:
    """Reweight the members of a study by observations, and explain each change of a chance: data, or levers."""
    from outputs.showing_update import update

    return update(args, wiring)


def flags_variance(parser: ArgumentParser) -> None:
    """Say how the shared flags are meant: one scenario unless more are named."""
    parser.set_defaults(scenarios=["plan"])
    parser.description = "split the variance of each indicator: --members rows of six runs each, of the scenario plan"


def run_variance(args: Namespace, wiring: Wiring) -> int:
    """Split the variance of each indicator among base, parameters, outside world and chance."""
    from outputs.showing_variance import variance

    return variance(args, wiring)


def flags_sensitivity(parser: ArgumentParser) -> None:
    """Declare what `sensitivity` takes; one scenario, between two others its levers move."""
    parser.set_defaults(scenarios=["plan"])
    parser.description = "screen single factors (morris), split the variance among groups (sobol), or try lever levels"
    add = parser.add_argument
    add("--method", choices=["morris", "sobol", "grid"], default="sobol", help="default: sobol")
    add("--groups", nargs="+", default=[], metavar="G", help="groups of factors, joined by + (default: about a dozen)")
    add("--between", nargs=2, default=["baseline", "strong"], metavar="S", help="levers move from one to the other")
    add("--screened", metavar="STUDY", help="make groups of the strongest factors of that screen, and of the rest")
    add("--keep", type=int, default=10, metavar="N", help="of them so many (default: 10)")
    add("--trajectories", type=int, metavar="N", help="of morris, a run a factor each (default: 10)")
    add("--samples", type=int, metavar="N", help="rows of sobol, a run a group each; a power of two (default: 128)")
    add("--levels", type=int, metavar="N", help="of each lever in a grid, for each member (default: 5)")
    add("--indicators", nargs="+", default=[], metavar="I", help="to show, ID or ID:DEFINITION (default: headline)")
    _add_markdown(parser)


def problems_sensitivity(args: Namespace) -> list[str]:
    """Give the sizes that were not said, and say which make no design."""
    for name, (full, tiny) in {"trajectories": (10, 2), "samples": (128, 4), "levels": (5, 2)}.items():
        if getattr(args, name) is None:
            setattr(args, name, tiny if args.smoke else full)
    found = [
        f"--{name}: {getattr(args, name)} is not between {low} and {high}"
        for name, low, high in (("trajectories", 2, 1000), ("samples", 4, 2**16), ("levels", 2, 100), ("keep", 1, 14))
        if not low <= getattr(args, name) <= high
    ]
    if args.samples & (args.samples - 1):
        found.append(f"--samples: {args.samples} is no power of two, which a Sobol sequence needs")
    if len(args.scenarios) != 1:
        found.append("--scenarios: one alone, around which things move")
    if args.between[0] == args.between[1]:
        found.append(f"--between: {args.between[0]} twice; name two scenarios")
    if args.method != "grid" and args.members_said:
        found.append("--members: the design says how many; give --trajectories or --samples (grid alone has members)")
    if args.screened and (args.groups or args.method != "sobol"):
        found.append("--screened: makes the groups of sobol; give no --groups and no other method")
    return found


def run_sensitivity(args: Namespace, wiring: Wiring) -> int:
    """Say what moves the results, year by year: parameters, base values, the outside world, levers and luck."""
    from outputs.sensitivity.asking import sensitivity

    return sensitivity(args, wiring)


def flags_discover(parser: ArgumentParser) -> None:
    """Declare what `discover` takes."""
    parser.add_argument("study", help="name of a complete study")
    parser.add_argument("--scenario", nargs="+", default=["plan"], metavar="S", help="of the study (default: plan)")
    parser.add_argument(
        "--target", nargs="+", default=[], metavar="ID", help="headline targets, or all (default: each)"
    )
    choices = ["fails", "meets", "worst"]
    parser.add_argument("--case", choices=choices, default="fails", help="runs to look for (default: fails)")
    parser.add_argument("--worst", type=float, default=1 / 3, metavar="SHARE", help="of --case worst (default: 1/3)")


def problems_discover(args: Namespace) -> list[str]:
    """Say what is wrong with the share."""
    return [] if 0.0 < args.worst < 1.0 else [f"--worst: {args.worst} is not between 0 and 1"]


def run_discover(args: Namespace, wiring: Wiring) -> int:
    """Say where in the uncertain values a scenario of a study fails its targets."""
    from outputs.showing_discovery import discover

    return discover(args, wiring)


def flags_page(parser: ArgumentParser) -> None:
    """Declare what `page` takes."""
    add = parser.add_argument
    add("trained", metavar="STUDY", help="name of a study that `learn` made")
    add("--port", type=int, default=8080, help="to serve at (default: 8080)")
    add("--host", default="127.0.0.1", help="address to serve at (default: 127.0.0.1, this machine alone)")
    add("--no-browser", action="store_true", help="open no browser")
    add("--members", type=int, default=100, help="fresh members of the true runs that confirm (default: 100)")
    add("--seed", type=int, default=2021, help="of these; not that of the study (default: 2021)")
    add("--workers", type=int, default=cores(), help=f"processes for true runs (default: one per core, here {cores()})")
    add("--targets", type=Path, metavar="FILE", help="your own target values")


def problems_page(args: Namespace) -> list[str]:
    """Say that a port is none."""
    return [] if 1 <= args.port <= 65535 else [f"--port: {args.port} is not between 1 and 65535"]


def run_page(args: Namespace, wiring: Wiring) -> int:
    """Serve the lever page of a study of `learn` until it is stopped."""
    from outputs.page.serving import serve

    return serve(args, wiring)


def flags_chart(parser: ArgumentParser) -> None:
    """Declare what `chart` takes."""
    parser.add_argument("study", help="name of the study")
    parser.add_argument("charts", nargs="*", metavar="CHART", help="default: all")
    parser.add_argument(
        "--width", choices=["17", "8.5"], default="17", help="centimetres: a page, or one of two columns"
    )
    parser.add_argument("--format", nargs="+", choices=["png", "svg", "pdf"], default=["png", "svg"], help="of files")


def run_chart(args: Namespace, wiring: Wiring) -> int:
    """Draw the charts of a study, and those of tables that verbs have added to it, again."""
    from outputs.redrawing import redraw

    return redraw(args, wiring)


def flags_export(parser: ArgumentParser) -> None:
    """Declare what `export` takes."""
    formats, add = ["csv", "parquet", "iamc"], parser.add_argument
    add("study", help="name of a complete study")
    words = ", ".join(formats)
    add("--format", nargs="+", choices=formats, default=formats, metavar="F", help=f"{words} (default: all)")
    add("--into", type=Path, metavar="DIR", help="where a folder a format is made (default: export/ of the study)")


def run_export(args: Namespace, wiring: Wiring) -> int:
    """Write a study as open data, with a dictionary and a citation."""
    from outputs.export.exporting import export

    return export(args, wiring)


def flags_report(parser: ArgumentParser) -> None:
    """Declare what `report` takes."""
    parser.set_defaults(lang="zh")
    parser.add_argument("study", help="name of a complete study")
    parser.add_argument("--format", choices=FORMATS, default="docx", help="of the file (default: docx)")
    parser.add_argument("--brief", action="store_true", help="two pages, the answer first (docx, html, pdf)")


def run_report(args: Namespace, wiring: Wiring) -> int:
    """Write a study up for readers, every number with its origin."""
    from outputs.report.showing import report

    return report(args, wiring)


def flags_trace(parser: ArgumentParser) -> None:
    """Declare what `trace` takes."""
    parser.add_argument("report", type=Path, metavar="REPORT", help="file that `report` has written")
    parser.add_argument("number", nargs="?", metavar="NUMBER-ID", help="such as n1a2b3c4d (none: all are listed)")


def run_trace(args: Namespace, wiring: Wiring) -> int:
    """Lead a number of a report back to the runs behind it."""
    from outputs.report.trace import trace

    return trace(args, wiring)
