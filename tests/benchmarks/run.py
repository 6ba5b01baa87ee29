"""Speed and memory of the model, by a command: `python3 run.py benchmark [MODE]`.

Without a mode: seconds of a member and of its base, share of each of the eleven calls; with `--command` seconds and
peak memory of the default command in an empty folder, and with `--emulator DIR` the time of an emulated answer. With
`--studies` the cost of studies instead; with `--answers` the studies behind the blocks of `scenarios/README.md`, run
again and held against them. `README.md` beside this file tells the rest.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from model.commands import STUDIES  # noqa: E402 - the root must be importable first
from model.errors import ProjectError, StudyError  # noqa: E402
from model.lever_training import anchor_name, stored_emulator  # noqa: E402
from outputs.store import Study  # noqa: E402
from scenarios.levers import LEVERS  # noqa: E402
from scenarios.targets import load_targets  # noqa: E402
from tests.benchmarks import fewer, scales  # noqa: E402
from tests.benchmarks.answers import report as of_answers  # noqa: E402
from tests.benchmarks.drawing import draw_fewer, draw_scales, draw_speed  # noqa: E402
from tests.benchmarks.figures import (  # noqa: E402
    AGAINST,
    HEADER,
    Figure,
    cells,
    compared,
    from_plain,
    grid,
    markdown,
    to_plain,
)
from tests.benchmarks.member import members, seconds  # noqa: E402
from tests.benchmarks.pieces import Pieces, machine  # noqa: E402
from tests.benchmarks.speed import SMOKE, WHOLE, speed  # noqa: E402
from tests.benchmarks.studies import report as of_studies  # noqa: E402

MOST_SECONDS = 0.020
"""An emulated answer may take: a lever page must feel immediate."""
OUT = STUDIES / "benchmarks"


def default_command(words: list[str]) -> dict[str, float]:
    """Seconds and peak memory (parent and workers together) of `run.py project` into an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "run.py"), "project", "--quiet", "--studies-dir", folder, *words]
        start, peak = time.perf_counter(), 0
        process = psutil.Popen(command, stdout=subprocess.DEVNULL)
        while process.poll() is None:
            peak = max(peak, _resident(process))
            time.sleep(0.1)
        size = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    return {
        "seconds": time.perf_counter() - start,
        "peak_memory_mb": peak / 1e6,
        "disk_mb": size / 1e6,
        "exit_code": float(process.returncode),
    }


def _resident(process: psutil.Popen) -> int:
    """Memory of a process and its children, shared pages counted once."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            info = one.memory_full_info()
            total += getattr(info, "pss", info.rss)
        except psutil.Error:
            continue
    return total


def emulator(path: Path, repeats: int) -> dict[str, float]:
    """Median time of one answer of the emulator of a study that `learn` made, and its share of what is allowed."""
    start = time.perf_counter()
    study = Study.open_whole(path)
    anchor = Study.open_whole(path.parent / anchor_name(study))
    found, known = stored_emulator(study, LEVERS, load_targets(), anchor)
    set_up = time.perf_counter() - start
    settings = [known.intensity[place][None] for place in range(len(known.path_ids))]
    found.predict(settings[0])
    answers = [seconds(partial(found.predict, setting)) for setting in settings for _ in range(repeats)]
    return {
        "set_up_seconds": set_up,
        "answer_seconds": statistics.median(answers),
        "answer_seconds_slowest": max(answers),
        "share_of_20_ms": statistics.median(answers) / MOST_SECONDS,
    }


def build_parser() -> argparse.ArgumentParser:
    """Declare the flags."""
    parser = argparse.ArgumentParser(prog="run.py benchmark", description=__doc__)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--speed", action="store_true", help="every figure of speed and memory, as ratios")
    mode.add_argument("--scales", action="store_true", help="what 1:1000, 1:100 and 1:10 cost beside one to one")
    mode.add_argument("--fewer", action="store_true", help="members that shared luck and stratified draws save")
    kinds = ["overhead", "workers", "large", "killed"]
    mode.add_argument("--studies", nargs="+", choices=kinds, help="measure these of studies, and nothing else")
    mode.add_argument("--answers", nargs="*", metavar="BLOCK", help="run these of scenarios/README.md (default: all)")
    parser.add_argument("--write", action="store_true", help="put what `--answers` found in their place")
    parser.add_argument("--folder", type=Path, help="keep the studies of `--answers` there, and read what is complete")
    parser.add_argument("--smoke", action="store_true", help="tiny sizes, to see that all of it runs")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help="for pieces, JSON, table and chart")
    parser.add_argument("--against", type=Path, metavar="JSON", help="compare with what an earlier run wrote")
    parser.add_argument("--scale", type=int, nargs="+", default=[100])
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--command", action="store_true", help="also time the default command")
    parser.add_argument("--emulator", type=Path, metavar="DIR", help="also time the emulator of that study")
    parser.add_argument("--runs", type=int, default=10_000, help="of `large` and `killed` (default: 10000)")
    parser.add_argument("--json", type=Path, help="write the figures of studies and of no mode there")
    return parser


def shown(figures: dict[str, float], before: str = "") -> dict[str, float]:
    """Print figures, a line each, and give them back."""
    for name, value in figures.items():
        print(f"{before + name:44} {value:12.4g}", flush=True)
    return figures


def of_the_model(args: argparse.Namespace, report: dict[str, object]) -> None:
    """Measure members and calls, and what else is asked for."""
    for scale in args.scale:
        found = members(scale, 2025, args.repeats)
        middle = {f"{name}_seconds": statistics.median(found[name]) for name in ("base", "member")}
        report[f"scale {scale}"] = shown(middle, f"1:{scale} ")
        shares = found["shares"]
        report[f"shares {scale}"] = {name: statistics.median(values) for name, values in shares.items()}
        for name, values in shares.items():
            print(f"{'share of ' + name:44} {100 * statistics.median(values):11.1f}%")
    if args.command:
        report["default command"] = shown(default_command([]), "default command: ")
    if args.emulator:
        report["emulator"] = shown(emulator(args.emulator, args.repeats), "emulator: ")


def of_speed(args: argparse.Namespace) -> list[Figure]:
    """Measure speed and memory, and draw them."""
    sizes = SMOKE if args.smoke else WHOLE
    figures = speed(Pieces(args.out / "pieces"), sizes)
    draw_speed(figures, sizes.agents, args.out / "speed.png")
    return figures


def of_scales(args: argparse.Namespace) -> list[Figure]:
    """Run the ladder of scales, draw it, and say which indicator needs which."""
    figures = scales.scales(Pieces(args.out / "pieces"), scales.SMOKE if args.smoke else scales.WHOLE)
    draw_scales(figures, args.out / "scales.png")
    print("\n".join(scales.told(figures)), end="\n\n")
    return figures


def of_fewer(args: argparse.Namespace) -> list[Figure]:
    """Run the replicates, draw the ratios, and say which target reaches the goal."""
    figures = fewer.fewer(Pieces(args.out / "pieces"), fewer.SMOKE if args.smoke else fewer.Replicates())
    draw_fewer(figures, args.out / "fewer.png")
    print("\n".join(fewer.told(figures)), end="\n\n")
    return figures


def earlier(path: Path) -> list[Figure]:
    """Figures that an earlier run left.

    Raises
    ------
    StudyError : the file is not there, or no mode of this command wrote it.
    """
    try:
        return from_plain(json.loads(path.read_text("utf-8"))["figures"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = f"--against {path}: cannot be read ({error!r}); name the JSON that `--speed` or another mode left"
        raise StudyError(message) from error


def leave(args: argparse.Namespace, name: str, figures: Sequence[Figure], before: Sequence[Figure] | None) -> None:
    """Print the table, and leave it as Markdown and JSON; beside ``before``, figures of an earlier run, if any."""
    rows, about = [cells(figure) for figure in figures], machine()
    print(grid(HEADER, rows))
    print("; ".join(f"{key} {value}" for key, value in about.items()))
    table = markdown(HEADER, rows)
    if before is not None:
        print("", grid(AGAINST, compared(figures, before)), sep="\n")
        table += "\n" + markdown(AGAINST, compared(figures, before))
    plain = json.dumps({"machine": about, "figures": to_plain(figures)}, indent=1) + "\n"
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / f"{name}.md").write_text(table, encoding="utf-8")
    (args.out / f"{name}.json").write_text(plain, encoding="utf-8")
    print(f"left: {args.out / name}.json, .md, .png", file=sys.stderr)


def answers(args: argparse.Namespace) -> int:
    """Run the studies behind the READMEs' answers; exit 1 if an answer is another one today."""
    with tempfile.TemporaryDirectory() as folder:
        differ = of_answers(args.answers, args.folder or Path(folder), write=args.write)
    print("\n".join(differ) or "every answer is what its commands print today")
    return int(bool(differ) and not args.write)


MODES: dict[str, Callable[[argparse.Namespace], list[Figure]]] = {
    "speed": of_speed,
    "scales": of_scales,
    "fewer": of_fewer,
}


def main(words: list[str]) -> int:
    """Measure, print a table, and write a JSON that a later run can be compared with; exit 1 where it cannot."""
    args = build_parser().parse_args(words)
    try:
        return run(args)
    except ProjectError as error:
        print("\n".join(f"error: {line}" for line in error.lines()), file=sys.stderr)
        return 1


def run(args: argparse.Namespace) -> int:
    """Do what is asked for."""
    before = earlier(args.against) if args.against else None  # read first: measuring takes long
    for name, measure in MODES.items():
        if getattr(args, name):
            leave(args, name, measure(args), before)
            return 0
    if args.answers is not None:
        return answers(args)
    report: dict[str, object] = dict(machine())
    if args.studies:
        for kind, figures in of_studies(args.studies, args.runs).items():
            report[kind] = shown(figures, f"{kind}: ")
    else:
        of_the_model(args, report)
    if args.json:
        args.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
