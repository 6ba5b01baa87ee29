"""Speed and memory of the model, by a command: `python3 run.py benchmark [--command]`.

Prints seconds of a member and of its base, agent-steps a second against the copy bandwidth of this machine, the share
of each of the eleven calls, with `--command` seconds and peak memory of the default command in an empty folder, and
with `--emulator DIR` the time of an emulated answer. With `--studies` the cost of studies instead; with `--answers` the
studies behind the blocks of `scenarios/README.md`, run again and held against them.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from calibration.members import MemberSource  # noqa: E402 - the root must be importable first
from model import quarter as the_quarter  # noqa: E402
from model.ensemble import settle  # noqa: E402
from model.lever_training import anchor_name, stored_emulator  # noqa: E402
from model.simulate import simulate  # noqa: E402
from outputs.store import Study  # noqa: E402
from scenarios.levers import LEVERS  # noqa: E402
from scenarios.scenario import load  # noqa: E402
from scenarios.targets import load_targets  # noqa: E402
from tests.benchmarks.answers import report as of_answers  # noqa: E402
from tests.benchmarks.studies import report as of_studies  # noqa: E402

QUARTERS = 20
MOST_SECONDS = 0.020
"""An emulated answer may take: a lever page must feel immediate."""
CALLS = (
    ("policy", "levers_become_handles"),
    ("outside", "outside_world_moves"),
    ("arrivals", "talents_arrive_and_retire"),
    ("plans", "firms_plan"),
    ("capital", "funds_invest_and_banks_lend"),
    ("labour", "talents_search_and_are_hired"),
    ("production", "knowledge_becomes_value_added"),
    ("ladder", "firms_climb_and_fall"),
    ("demography", "firms_are_born_land_move_and_close"),
    ("accounts", "accounts_close"),
    ("indicators", "indicators_are_read"),
)


def copy_bandwidth() -> float:
    """Bytes a second that one thread reads and writes when it copies arrays far larger than the caches."""
    source, target = np.ones(32_000_000), np.empty(32_000_000)
    best = min(_seconds(lambda: np.copyto(target, source)) for _ in range(3))
    return 2.0 * source.nbytes / best


def _seconds(work: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def member(scale: int, repeats: int) -> dict[str, float]:
    """Median seconds of one member from 2020 to 2025 after warm-up, its base draw apart."""
    source = MemberSource(scale=scale, seed=2020, n_quarters=QUARTERS)
    paths = load(["baseline", "plan"], QUARTERS)
    drawn = source(0)
    simulate(drawn, paths[0], QUARTERS)
    settle()
    base = [_seconds(partial(source, index)) for index in range(repeats)]
    runs, steps = [], 0
    for index in range(repeats):
        drawn = source(index)
        start = time.perf_counter()
        steps = simulate(drawn, paths[index % 2], QUARTERS).events
        runs.append(time.perf_counter() - start)
    seconds = statistics.median(runs)
    floor = steps * 27.0 * 2.0 / copy_bandwidth()
    return {
        "scale": scale,
        "base_seconds": statistics.median(base),
        "member_seconds": seconds,
        "member_seconds_slowest": max(runs),
        "agent_steps_per_second": steps / seconds,
        "times_copy_floor": seconds / floor,
    }


def shares(scale: int) -> dict[str, float]:
    """Share of each of the eleven calls in the time of a member."""
    spent = dict.fromkeys((module for module, _ in CALLS), 0.0)
    originals = {}
    for module, name in CALLS:
        owner = getattr(the_quarter, module)
        originals[module, name] = getattr(owner, name)

        def timed(economy: object, call: Callable[..., None] = originals[module, name], key: str = module) -> None:
            start = time.perf_counter()
            call(economy)
            spent[key] += time.perf_counter() - start

        setattr(owner, name, timed)
    drawn = MemberSource(scale=scale, seed=2020, n_quarters=QUARTERS)(0)
    whole = _seconds(lambda: simulate(drawn, load(["plan"], QUARTERS)[0], QUARTERS))
    for (module, name), call in originals.items():
        setattr(getattr(the_quarter, module), name, call)
    return {name: seconds / whole for name, seconds in spent.items()} | {"opening": 1.0 - sum(spent.values()) / whole}


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
    answers = [_seconds(partial(found.predict, setting)) for setting in settings for _ in range(repeats)]
    return {
        "set_up_seconds": set_up,
        "answer_seconds": statistics.median(answers),
        "answer_seconds_slowest": max(answers),
        "share_of_20_ms": statistics.median(answers) / MOST_SECONDS,
    }


def build_parser() -> argparse.ArgumentParser:
    """Declare the flags."""
    parser = argparse.ArgumentParser(prog="run.py benchmark", description=__doc__)
    parser.add_argument("--scale", type=int, nargs="+", default=[100])
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--command", action="store_true", help="also time the default command")
    parser.add_argument("--emulator", type=Path, metavar="DIR", help="also time the emulator of that study")
    kinds = ["overhead", "workers", "large", "killed"]
    parser.add_argument("--studies", nargs="+", choices=kinds, help="measure these of studies, and nothing else")
    parser.add_argument("--runs", type=int, default=10_000, help="of `large` and `killed` (default: 10000)")
    parser.add_argument("--answers", nargs="*", metavar="BLOCK", help="run these of scenarios/README.md (default: all)")
    parser.add_argument("--write", action="store_true", help="put what `--answers` found in their place")
    parser.add_argument("--folder", type=Path, help="keep the studies of `--answers` there, and read what is complete")
    parser.add_argument("--json", type=Path, help="write the figures there")
    return parser


def shown(figures: dict[str, float], before: str = "") -> dict[str, float]:
    """Print figures, a line each, and give them back."""
    for name, value in figures.items():
        print(f"{before + name:44} {value:12.4g}", flush=True)
    return figures


def of_the_model(args: argparse.Namespace, report: dict[str, object]) -> None:
    """Measure members and calls, and what else is asked for."""
    for scale in args.scale:
        report[f"scale {scale}"] = shown(member(scale, args.repeats))
    calls = shares(args.scale[0])
    report["shares"] = calls
    for name, share in calls.items():
        print(f"{'share of ' + name:28} {100 * share:13.1f}%")
    if args.command:
        report["default command"] = shown(default_command([]), "default command: ")
    if args.emulator:
        report["emulator"] = shown(emulator(args.emulator, args.repeats), "emulator: ")


def answers(args: argparse.Namespace) -> int:
    """Run the studies behind the READMEs' answers; exit 1 if an answer is another one today."""
    with tempfile.TemporaryDirectory() as folder:
        differ = of_answers(args.answers, args.folder or Path(folder), write=args.write)
    print("\n".join(differ) or "every answer is what its commands print today")
    return int(bool(differ) and not args.write)


def main(words: list[str]) -> int:
    """Measure, print a table, and write a JSON that a later run can be compared with."""
    args = build_parser().parse_args(words)
    if args.answers is not None:
        return answers(args)
    report: dict[str, object] = {"machine": platform.platform(), "python": platform.python_version()}
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
