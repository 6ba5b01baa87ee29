"""Cost of studies: engine and storage beside the runs, workers, size on disk, first chart, and what a kill leaves."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from calibration.members import MemberSource, data_hash
from model.commands import FOUR
from model.ensemble import Batch, BatchRunner, Outcome, run_ensemble
from model.executors import InProcess
from model.results import RunResult
from model.wiring import code_version
from outputs.charts import gallery
from outputs.design import Design, define, missing_batches
from outputs.progress import Progress
from outputs.store import Study
from scenarios.scenario import load
from scenarios.targets import load_targets

ROOT = Path(__file__).resolve().parents[2]
WHOLE = ["--scenarios", *FOUR, "--lang", "en"]
"""Words for a study as the default command leaves it, tables and charts included."""
GOAL = 0.005
"""Seconds a run of engine and storage."""


@dataclass
class Timed:
    """A runner that adds up the processor time of its runs, drawing of members included."""

    runner: BatchRunner
    seconds: float = 0.0

    def __call__(self, batch: Batch) -> Outcome:
        """Run the batch."""
        start = time.process_time()
        outcome = self.runner(batch)
        self.seconds += time.process_time() - start
        return outcome


def designed(folder: Path, members: int, scale: int, to_year: int) -> tuple[Study, BatchRunner]:
    """A study of one scenario that is not run yet."""
    n_quarters = 4 * (to_year - 2020)
    source = MemberSource(scale=scale, seed=2020, n_quarters=n_quarters)
    paths = tuple(load(["plan"], n_quarters))
    design = Design("project", members, 2020, scale, to_year, code_version(), data_hash())
    definition = define(design, paths, load_targets(), source(0).base)
    return Study.create_or_open(definition, folder), BatchRunner({(): source}, paths, n_quarters)


def overhead(members: int, scale: int) -> dict[str, float]:
    """Processor seconds a run of everything but the run, in one process: batches, storage, gathering."""
    with tempfile.TemporaryDirectory() as folder:
        study, runner = designed(Path(folder), members, scale, 2025)
        runner(Batch((0,), ("plan",)))  # the first call compiles
        timed, batches = Timed(runner), missing_batches(study, 1)
        start = time.process_time()
        with Progress(study, batches, lambda _scenario, _member: "", quiet=True) as sink:
            run_ensemble(timed, batches, InProcess(), sink)  # type: ignore[arg-type] # it is called as a runner is
        study.compact()
        whole = time.process_time() - start
    beside = (whole - timed.seconds) / members
    return {
        "scale": float(scale),
        "run_seconds": timed.seconds / members,
        "overhead_seconds_a_run": beside,
        "overhead_share": (whole - timed.seconds) / whole,
        "overhead_under_5_ms": float(beside < GOAL),
    }


def workers(members: int, scale: int) -> dict[str, float]:
    """Seconds of one study with one worker and with two, from command to gathered results, charts left out."""
    seconds = {}
    for n in (1, 2):
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            project(Path(folder), (members, scale, 2025), n, ["--scenarios", "plan", "--shard", "1/1"]).wait()
            seconds[n] = time.perf_counter() - start
    return {
        "load_average": os.getloadavg()[0],
        "seconds_one_worker": seconds[1],
        "seconds_two_workers": seconds[2],
        "speed_up": seconds[1] / seconds[2],
        "runs_a_minute_two_workers": 60.0 * members / seconds[2],
    }


def project(folder: Path, sizes: Sequence[int], n_workers: int, words: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a study of so many members, of a scale, to a year."""
    members, scale, to_year = map(str, sizes)
    command = ["project", "--members", members, "--scale", scale, "--to", to_year, "--workers", str(n_workers)]
    command += ["--quiet", "--studies-dir", str(folder), "--study", "timed", *words]
    return subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *command], stdout=subprocess.DEVNULL, start_new_session=True
    )


def large(n_runs: int) -> dict[str, float]:
    """Disk, gathering and first chart of a study of so many runs: a few real ones, each number moved at random.

    The numbers are as long as real ones, so that they pack no better than those of so many real runs.
    """
    with tempfile.TemporaryDirectory() as folder:
        study, runner = designed(Path(folder), n_runs, 1000, 2025)
        real = runner(Batch(tuple(range(4)), ("plan",))).results
        draws, start = np.random.default_rng(1), time.process_time()
        for first in range(0, n_runs, 100):
            members = range(first, min(first + 100, n_runs))
            study.write_batch([_moved(real[member % len(real)], member, draws) for member in members])
        written = time.process_time() - start
        study.compact()
        gathered = time.process_time() - start - written
        size = sum(path.stat().st_size for path in study.path.rglob("*") if path.is_file())
        start = time.perf_counter()
        gallery.draw_all(Study.open_whole(study.path), ["en"], ["fan"])
        chart = time.perf_counter() - start
    return {
        "runs": float(n_runs),
        "write_ms_a_run": 1e3 * written / n_runs,
        "gather_seconds": gathered,
        "disk_mb": size / 1e6,
        "first_chart_seconds": chart,
    }


def _moved(result: RunResult, member: int, draws: np.random.Generator) -> RunResult:
    values = result.values * draws.uniform(0.9, 1.1, result.values.shape)
    costs = result.costs * draws.uniform(0.9, 1.1, result.costs.shape)
    drawn = {name: value * float(draws.uniform(0.9, 1.1)) for name, value in result.drawn.items()}
    return replace(result, member=member, values=values, costs=costs, drawn=drawn)


def killed(n_runs: int, times: int = 3) -> dict[str, float]:
    """Kill a study several times at random, resume it, and hold all it leaves against one that was never stopped.

    The four scenarios of the default command, 1:1000, to the end of 2021; tables and charts included. The one left
    alone has one worker, the killed one two.
    """
    luck = random.Random(2020)  # noqa: S311 - when to kill is no secret
    sizes, figures = (n_runs // len(FOUR), 1000, 2021), dict[str, float]()
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        alone, cut, start = Path(one), Path(other), time.perf_counter()
        if project(alone, sizes, 1, WHOLE).wait():
            raise SystemExit("killed: the study that was to be left alone failed")
        figures["seconds_left_alone"], start = time.perf_counter() - start, time.perf_counter()
        for turn, share in enumerate(sorted(luck.random() for _ in range(times)), start=1):
            figures[f"runs_on_disk_at_kill_{turn}"] = _kill(project(cut, sizes, 2, WHOLE), cut, share * n_runs, luck)
        if project(cut, sizes, 2, WHOLE).wait():
            raise SystemExit("killed: the resumed study failed")
        figures["seconds_killed_and_resumed"] = time.perf_counter() - start
        study = Study.open(next(cut.iterdir()))
        kept, members = _contents(cut), list(range(sizes[0]))
        return figures | {
            "runs": float(len(FOUR) * sizes[0]),
            "kills": float(sum(name.startswith("runs_on_disk") for name in figures)),
            "every_run_once": float(all(_members(study, scenario) == members for scenario in FOUR)),
            "files": float(len(kept)),
            "disk_mb": sum(map(len, kept.values())) / 1e6,
            "same_bytes": float(kept == _contents(alone)),
        }


def _kill(process: subprocess.Popen[bytes], folder: Path, n_runs: float, luck: random.Random) -> float:
    """Kill a study and its workers once so many runs are on disk and a batch is under way; give the runs on disk."""
    while process.poll() is None and _stored(folder) < n_runs:
        time.sleep(0.2)
    time.sleep(luck.uniform(0.0, 0.5))
    if process.poll() is not None:
        raise SystemExit("killed: the study ended before it could be killed; give more --runs")
    os.killpg(process.pid, signal.SIGKILL)  # the session that this process has started: it and its workers
    process.wait()
    return float(_stored(folder))


def _stored(folder: Path) -> int:
    """Runs that are safely on disk."""
    return sum(len(json.loads(path.read_text("utf-8"))["pairs"]) for path in folder.glob("*/batches/*.json"))


def _members(study: Study, scenario: str) -> list[int]:
    """Member of every run of a scenario as it stands in the results."""
    name = study.read_column("drawn", "name")[0]
    return [int(member) for member in study.drawn(scenario=scenario, name=name)["member"]]


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file of a study but its manifest, which tells times and the command."""
    files = sorted(path for path in folder.glob("*/*/**/*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def report(what: Sequence[str], n_runs: int) -> dict[str, dict[str, float]]:
    """Measure what is asked for."""
    found: dict[str, dict[str, float]] = {}
    if "overhead" in what:
        found |= {f"overhead 1:{scale}": overhead(members, scale) for members, scale in ((40, 100), (100, 1000))}
    if "workers" in what:
        found["workers 1:100"] = workers(400, 100)
    if "large" in what:
        found["large"] = large(n_runs)
    if "killed" in what:
        found["killed"] = killed(n_runs)
    return found
