"""The main job as a user runs it: real processes, real folders."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMOKE = ["--members", "3", "--scale", "1000", "--to", "2021", "--scenarios", "baseline", "plan"]
Run = Callable[..., subprocess.CompletedProcess[str]]


def environment() -> dict[str, str]:
    """The environment of a user who brought a Python of their own."""
    return os.environ | {"YINZHOU_ENV": "own", "PYTHONUTF8": "1"}


def run(*words: str, timeout: float = 240.0) -> subprocess.CompletedProcess[str]:
    """Run `run.py` to its end."""
    command = [sys.executable, str(ROOT / "run.py"), *words]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment(), timeout=timeout, check=False
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Bytes of all results and tables of a study."""
    files = [path for part in ("results", "tables") for path in sorted((folder / part).iterdir())]
    return {path.name: path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def smoke(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A small study by one worker, with its output."""
    folder = tmp_path_factory.mktemp("studies")
    done = run("project", *SMOKE, "--workers", "1", "--study", "one", "--studies-dir", str(folder), "--check")
    return folder / "one", done


def test_the_main_job_leaves_a_study_and_a_table(smoke: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
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


def test_two_workers_give_the_same_bytes(smoke: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    """Results and tables do not depend on the number of workers."""
    done = run("project", *SMOKE, "--workers", "2", "--study", "two", "--studies-dir", str(tmp_path), "--quiet")
    assert done.returncode == 0, done.stderr
    one, two = contents(smoke[0]), contents(tmp_path / "two")
    # The study's name is in no result; its id is, and is the same.
    assert one == two


def test_a_complete_study_is_read_and_not_run(smoke: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """The same command again says that the study is complete and shows the same table."""
    folder, first = smoke
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    again = run("project", *SMOKE, "--workers", "1", "--study", "one", "--studies-dir", str(folder.parent), "--check")
    assert again.returncode == 0
    assert "complete; nothing is run" in again.stderr
    assert again.stdout == first.stdout
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_another_definition_under_the_same_name_is_an_error(
    smoke: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    """A study's name stands for one definition: another seed under it ends with 1 and names the field."""
    folder, _ = smoke
    done = run("project", *SMOKE, "--seed", "5", "--study", "one", "--studies-dir", str(folder.parent))
    assert done.returncode == 1
    assert "seed" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 of a process group is POSIX")
def test_a_killed_study_loses_no_stored_run(
    smoke: tuple[Path, subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """Killed with SIGKILL after a batch, the same command finishes with the bytes of a study never interrupted."""
    words = ["project", *SMOKE, "--workers", "1", "--study", "one", "--studies-dir", str(tmp_path), "--quiet"]
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
    done = run(*words)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "one") == contents(smoke[0])


def test_dry_run_writes_nothing(tmp_path: Path) -> None:
    """`--dry-run` says runs, time and disk, and leaves no file."""
    done = run("project", *SMOKE, "--dry-run", "--studies-dir", str(tmp_path / "studies"))
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
    done = run("project", "--smoke", "--scenarios", str(file), "--studies-dir", str(tmp_path / "studies"))
    assert done.returncode == 1
    assert "mine.yaml" in done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "studies").exists()


def test_a_users_target_value_is_used(tmp_path: Path) -> None:
    """A file with a value of one's own changes the target that the table shows."""
    file = tmp_path / "targets.csv"
    file.write_text("target_id,value\nrd_intensity,3.2\n", encoding="utf-8")
    done = run("project", *SMOKE, "--targets", str(file), "--studies-dir", str(tmp_path), "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "≥ 3.2 %" in done.stdout


@pytest.mark.parametrize("kind", ["scenarios", "levers", "targets", "indicators", "parameters", "charts"])
def test_everything_can_be_listed(kind: str) -> None:
    """`list` shows every kind, with units or sources where there are any."""
    done = run("list", kind)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 4
    assert kind in {"scenarios", "charts"} or "unit: " in done.stdout


def test_check_passes_on_the_project_and_fails_on_a_bad_file(tmp_path: Path) -> None:
    """`check` validates all data and scenarios and runs nothing; a bad file of one's own is an error."""
    done = run("check")
    assert done.returncode == 0, done.stderr
    assert "opening accounts: all" in done.stdout
    file = tmp_path / "mine.yaml"
    file.write_text("label: 1\nlever: {}\n", encoding="utf-8")
    done = run("check", str(file))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) >= 2
