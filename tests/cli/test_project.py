"""The main job as a user runs it: real processes, real folders."""

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from model.base import Member
from model.errors import AccountingError
from model.policy import PolicyPath
from model.results import RunResult
from model.simulate import simulate
from outputs.store import Study
from run import main
from tests.cli.calling import ROOT, Done, do, environment, start

pytestmark = pytest.mark.usefixtures("one_chart")
"""Of what runs in this process; processes of their own draw all."""
SMOKE = ["--members", "3", "--scale", "1000", "--to", "2021", "--scenarios", "baseline", "plan"]
LIMITED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0].removesuffix("run.py"))
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def contents(folder: Path) -> dict[str, bytes]:
    """Bytes of all results and tables of a study."""
    files = [path for part in ("results", "tables") for path in sorted((folder / part).iterdir())]
    return {path.name: path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def smoke(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A small study by one worker, with its output."""
    folder = tmp_path_factory.mktemp("studies")
    done = start("project", *SMOKE, "--workers", "1", "--study", "one", "--studies-dir", str(folder), "--check")
    return folder / "one", done


def test_the_main_job_leaves_a_study_and_a_table(smoke: tuple[Path, Done]) -> None:
    """`project` ends well, shows the three targets and the joint chance, and leaves results, tables and charts."""
    folder, done = smoke
    assert done.returncode == 0, done.stderr
    for words in ("R&D expenditure over GDP ≥ 3.6 %", "Talent total", "All 3 targets", "What binds"):
        assert words in done.stdout
    assert {path.stem for path in (folder / "results").iterdir()} == {
        "indicators",
        "flows",
        "costs",
        "decomposition",
        "drawn",
    }
    charts = {path.name for path in (folder / "charts").iterdir()}
    assert {f"fan_{lang}.{kind}" for lang in ("zh", "en") for kind in ("png", "svg")} <= charts
    assert (folder / "tables" / "targets.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_two_workers_give_the_same_bytes(smoke: tuple[Path, Done], tmp_path: Path) -> None:
    """Results and tables do not depend on the number of workers."""
    done = do(
        "project", *SMOKE, "--workers", "2", "--study", "two", "--studies-dir", str(tmp_path), "--quiet", "--lang", "en"
    )
    assert done.returncode == 0, done.stderr
    one, two = contents(smoke[0]), contents(tmp_path / "two")
    # The study's name is in no result; its id is, and is the same.
    assert one == two


def test_a_complete_study_is_read_and_not_run(smoke: tuple[Path, Done]) -> None:
    """The same command again says that the study is complete and shows the same table."""
    folder, first = smoke
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    again = start("project", *SMOKE, "--workers", "1", "--study", "one", "--studies-dir", str(folder.parent), "--check")
    assert again.returncode == 0
    assert "complete; nothing is run" in again.stderr
    assert again.stdout == first.stdout
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_another_definition_under_the_same_name_is_an_error(
    smoke: tuple[Path, Done],
) -> None:
    """A study's name stands for one definition: another seed under it ends with 1 and names the field."""
    folder, _ = smoke
    done = do("project", *SMOKE, "--seed", "5", "--study", "one", "--studies-dir", str(folder.parent))
    assert done.returncode == 1
    assert "seed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 of a process group is POSIX")
def test_a_killed_study_loses_no_stored_run(smoke: tuple[Path, Done], tmp_path: Path) -> None:
    """Killed with SIGKILL after a batch, the same command finishes with the bytes of a study never interrupted."""
    words = ["project", *SMOKE, "--workers", "1", "--study", "one", "--studies-dir", str(tmp_path), "--lang", "en"]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
        start_new_session=True,
    )
    batches = tmp_path / "one" / "batches"
    deadline = time.monotonic() + 120.0
    while time.monotonic() < deadline and not list(batches.glob("*.parquet")) and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    done = do(*words)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "one") == contents(smoke[0])


def test_shards_run_apart_and_merged_are_the_study(smoke: tuple[Path, Done], tmp_path: Path) -> None:
    """Two shards and `merge` give results, tables and a chart with the bytes of a study run at once."""
    common = ["--studies-dir", str(tmp_path)]
    for shard in ("1/2", "2/2"):
        done = do("project", *SMOKE, "--workers", "1", "--study", "one", "--shard", shard, "--quiet", *common)
        assert done.returncode == 0, done.stderr
        assert "tables" not in [path.name for path in (tmp_path / f"one.shard{shard[0]}of2").iterdir()]
    merged = do("merge", "one", "--lang", "en", *common)
    assert merged.returncode == 0, merged.stderr
    assert merged.stdout == smoke[1].stdout
    assert contents(tmp_path / "one") == contents(smoke[0])
    drawn = sorted((tmp_path / "one" / "charts").iterdir())
    assert [path.suffix for path in drawn] == [".png", ".svg"]
    for path in drawn:
        assert path.read_bytes() == (smoke[0] / "charts" / path.name).read_bytes()
    again = do("project", *SMOKE, "--study", "one", "--lang", "en", *common)
    assert "complete; nothing is run" in again.stderr
    assert again.stdout == smoke[1].stdout


def test_one_member_alone_has_the_rows_it_has_in_the_study(smoke: tuple[Path, Done], tmp_path: Path) -> None:
    """`--only-member` runs one member under one scenario, and each of its values is the study's to the last bit."""
    done = do(
        "project",
        *SMOKE[:-3],
        "--scenarios",
        "plan",
        "--only-member",
        "2",
        "--workers",
        "1",
        "--studies-dir",
        str(tmp_path),
    )
    assert done.returncode == 0, done.stderr
    (folder,) = tmp_path.iterdir()
    assert f"{folder}: members 2 to 2 of 3" in done.stdout
    for path in (smoke[0] / "results").iterdir():
        wanted = pq.read_table(path, filters=[("scenario", "=", "plan"), ("member", "=", 2)])
        assert wanted.num_rows > 0
        assert pq.read_table(folder / "results" / path.name).equals(wanted)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--shard", "3/2"], "--shard: 3/2"),
        (["--shard", "half"], "--shard: half"),
        (["--shard", "1/9"], "--shard: 1/9"),
        (["--only-member", "3"], "--only-member: 3 is not between 0 and 2"),
        (["--scheduler", "tcp://127.0.0.1:9"], "--scheduler tcp://127.0.0.1:9"),
    ],
)
def test_a_part_that_there_is_not_is_one_clear_error(words: list[str], named: str, tmp_path: Path) -> None:
    """A shard or a member outside the study, a scheduler that is not there: exit 1, one line, nothing written."""
    done = do("project", *SMOKE, *words, "--studies-dir", str(tmp_path / "studies"))
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"error: {named}")
    assert not (tmp_path / "studies").exists()


def test_a_failed_run_names_the_command_that_repeats_it(
    smoke: tuple[Path, Done],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command on record fails in the same way; once the defect is mended it gives the bytes of a sound run."""

    def broken(member: Member, path: PolicyPath, *words: Any, **named: Any) -> RunResult:
        if (path.scenario_id, member.index) == ("plan", 1):
            raise AccountingError("talents of yinzhou", 3, 1.0)
        return simulate(member, path, *words, **named)

    monkeypatch.setenv("YINZHOU_ENV", "own")
    monkeypatch.setattr("model.ensemble.simulate", broken)
    words = ["project", *SMOKE, "--workers", "1", "--study", "one", "--quiet", "--lang", "en"]
    assert main([*words, "--studies-dir", str(tmp_path)]) == 1
    (failure,) = Study.open(tmp_path / "one").failed()
    assert (failure.scenario_id, failure.member) == ("plan", 1)
    assert failure.line in capsys.readouterr().err.splitlines()
    python, file, *again = shlex.split(failure.command)
    assert (python, file) == ("python3", "run.py")
    assert main([*again, "--workers", "1", "--quiet"]) == 1
    assert f"failed: plan, member 1: {failure.error}" in capsys.readouterr().err
    monkeypatch.setattr("model.ensemble.simulate", simulate)
    assert main([*again, "--workers", "1", "--quiet"]) == 0
    (alone,) = [path for path in tmp_path.iterdir() if path.name.endswith(".member1")]
    rows = pq.read_table(
        smoke[0] / "results/indicators.parquet", filters=[("scenario", "=", "plan"), ("member", "=", 1)]
    )
    assert pq.read_table(alone / "results/indicators.parquet").equals(rows)
    assert main([*words, "--studies-dir", str(tmp_path)]) == 0
    assert contents(tmp_path / "one") == contents(smoke[0])


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_disk_that_fills_is_one_clear_error_and_the_command_goes_on(tmp_path: Path) -> None:
    """When the system refuses to write, what is stored is kept, and the same command ends with the same bytes."""
    # A shard leaves results alone; so many members that they take more than the manifest does.
    words = ["project", *SMOKE, "--members", "24", "--shard", "1/1", "--workers", "1", "--quiet", "--study", "one"]
    assert do(*words, "--studies-dir", str(tmp_path / "sound")).returncode == 0
    sound, full = (tmp_path / place / "one.shard1of1" for place in ("sound", "full"))
    largest = max(path.stat().st_size for path in (sound / "results").iterdir())
    words += ["--studies-dir", str(tmp_path / "full")]
    done = subprocess.run(
        [sys.executable, "-c", LIMITED.format(limit=largest - 1), str(ROOT / "run.py"), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        timeout=240.0,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "cannot be written (File too large); finished runs are kept" in line
    assert len(list((full / "batches").glob("*.json"))) == 4
    assert do(*words).returncode == 0
    for path in (sound / "results").iterdir():
        assert path.read_bytes() == (full / "results" / path.name).read_bytes()


def test_dry_run_tells_the_runs_of_a_shard() -> None:
    """`--dry-run` of a shard counts its own runs."""
    done = do("project", *SMOKE, "--dry-run", "--shard", "2/3")
    assert done.returncode == 0, done.stderr
    assert "runs: 2" in done.stdout.splitlines()


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """`--dry-run` says runs, time and disk, and leaves no file."""
    done = do("project", *SMOKE, "--dry-run", "--studies-dir", str(tmp_path / "studies"))
    assert done.returncode == 0, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == ["runs", "time", "disk"]
    assert "runs: 6" in done.stdout
    assert not (tmp_path / "studies").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("label: {zh: 甲, en: A}\nbase: plan\nlevers: {rd_toolbox_subsidi: plan}\n", "rd_toolbox_subsidy"),
        ("label: {zh: 甲, en: A}\nbase: plan\nlevers: {rd_toolbox_subsidy: 900}\n", "percent"),
        (
            "label: {zh: 甲, en: A}\nbase: plan\nlevers: {rd_toolbox_subsidy: {by_year: {2022: 3, 2025: 5}}}\n",
            "2023",
        ),
        ("label: {zh: 甲, en: A}\nlevers: {rd_toolbox_subsidy: {level_2025: 5, unit: metres}}\n", "metres"),
        ("label: {zh: 甲, en: [\n", "mine.yaml:2:1: not YAML"),
        ("", "empty"),
    ],
)
def test_a_bad_scenario_is_one_clear_error(text: str, words: str, tmp_path: Path) -> None:
    """A misspelt lever, a wrong intensity, year or unit, a broken or empty file: exit 1, nothing written."""
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    done = do("project", "--smoke", "--scenarios", str(file), "--studies-dir", str(tmp_path / "studies"))
    assert done.returncode == 1
    assert "mine.yaml" in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "studies").exists()


def test_a_users_target_value_is_used(tmp_path: Path) -> None:
    """A file with a value of one's own changes the target that the table shows."""
    file = tmp_path / "targets.csv"
    file.write_text("target_id,value\nrd_intensity,3.2\n", encoding="utf-8")
    done = do(
        "project", *SMOKE, "--workers", "1", "--targets", str(file), "--studies-dir", str(tmp_path), "--lang", "en"
    )
    assert done.returncode == 0, done.stderr
    assert "≥ 3.2 %" in done.stdout


@pytest.mark.parametrize("kind", ["scenarios", "levers", "targets", "indicators", "parameters", "charts"])
def test_everything_can_be_listed(kind: str) -> None:
    """`list` shows every kind, with units or sources where there are any."""
    done = do("list", kind)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 4
    assert kind in {"scenarios", "charts"} or "unit: " in done.stdout


def test_check_passes_on_the_project_and_fails_on_a_bad_file(tmp_path: Path) -> None:
    """`check` validates all data and scenarios and runs nothing; a bad file of one's own is an error."""
    done = do("check")
    assert done.returncode == 0, done.stderr
    assert "opening accounts: all" in done.stdout
    file = tmp_path / "mine.yaml"
    file.write_text("label: 1\nlever: {}\n", encoding="utf-8")
    done = do("check", str(file))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) >= 2
