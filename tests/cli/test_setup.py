"""The bootstrap of run.py: what it checks, remembers, repairs and says before anything is installed."""

import ast
import json
import os
import runpy
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

import run
from model import environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def env(tmp_path: Path) -> Path:
    """Give an environment that looks as if the core lock had been installed to the end."""
    for name in ("requirements.txt", "requirements-page.txt", "requirements-dev.txt"):
        (tmp_path / name).write_text(f"the content of {name}\n", encoding="utf-8")
    env = tmp_path / ".venv"
    python = environment.env_python(env)
    python.parent.mkdir(parents=True)
    python.touch()
    (env / "pyvenv.cfg").write_text(f"home = {tmp_path}\nversion = 3.11.7\n", encoding="utf-8")
    (env / environment.STAMP).write_text(json.dumps(environment.lock_hashes(env, "project")), encoding="utf-8")
    return env


@pytest.fixture
def commands(env: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the commands of the set-up in place of running them; making an environment makes the folder."""
    calls: list[list[str]] = []

    def record(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        if "venv" in command:
            env.mkdir(exist_ok=True)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr("model.environment.subprocess.run", record)
    return calls


def made_anew(calls: list[list[str]]) -> bool:
    """Say whether the recorded set-up emptied the environment."""
    return any("--clear" in call for call in calls)


def test_an_old_python_is_told_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python before 3.11 stops with a sentence that names both versions."""
    version = namedtuple("version", "major minor micro")  # noqa: PYI024  (a stand-in for sys.version_info)
    monkeypatch.setattr(sys, "version_info", version(3, 10, 4))
    monkeypatch.setattr(sys, "version", "3.10.4 (main)")
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed, this is 3\.10\.4"):
        runpy.run_path(str(ROOT / "run.py"))


def test_a_finished_environment_is_used_at_once(env: Path, commands: list[list[str]]) -> None:
    """An environment that holds the lock is ready, and a set-up of it runs no command."""
    assert environment.is_ready(env, "project")
    environment.set_up(env, "project")
    assert commands == []


def test_tests_need_the_lock_for_developers(env: Path) -> None:
    """An environment with the core lock alone is ready for a run and not for the tests."""
    assert not environment.is_ready(env, "test")
    (env / environment.STAMP).write_text(json.dumps(environment.lock_hashes(env, "test")), encoding="utf-8")
    assert environment.is_ready(env, "test")
    assert environment.is_ready(env, "project")


@pytest.mark.parametrize(("verb", "package"), [("page", "nicegui"), ("test", "pytest"), ("benchmark", "psutil")])
def test_an_environment_that_lacks_a_package_is_told_what_to_install(
    verb: str, package: str, env: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A verb without what it needs beyond the core is one line and exit 1; its set-up installs the lock named."""
    monkeypatch.setenv("YINZHOU_ENV", "own")
    monkeypatch.setitem(sys.modules, package, None)
    assert run.main([verb, "levers"] if verb == "page" else [verb]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"error: {verb}: the package '{package}' is not installed")
    assert f"pip install --require-hashes -r {list(environment.lock_hashes(env, verb))[-1]}" in line
    assert not environment.is_ready(env, verb)


CALLS = """
import sys
from pathlib import Path
from model.environment import settle_compiled
settle_compiled(Path(sys.argv[1]))
sys.path.insert(0, sys.argv[1])
import callers
print(callers.twice(1.0))
"""


def test_a_rule_in_another_file_is_never_an_old_one(tmp_path: Path) -> None:
    """A compiled rule that calls one of another file gives what the two say now, though its own file is as it was."""
    (tmp_path / "callers.py").write_text(
        "import numba as nb\nfrom rules import step\n@nb.njit(cache=True)\ndef twice(x):\n    return step(step(x))\n",
        encoding="utf-8",
    )
    told = []
    for added in ("1.0", "10.0"):
        (tmp_path / "rules.py").write_text(
            f"import numba as nb\n@nb.njit(cache=True)\ndef step(x):\n    return x + {added}\n", encoding="utf-8"
        )
        done = subprocess.run(
            [sys.executable, "-B", "-c", CALLS, str(tmp_path)],
            capture_output=True,
            check=True,
            cwd=ROOT,
            encoding="utf-8",
            env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "cache")},
        )
        told.append(done.stdout.strip())
    assert told == ["3.0", "21.0"]


def test_rules_outside_the_model_are_called_in_their_own_file_only() -> None:
    """The folder of what is compiled hangs on the model alone: of a rule of another file an old one would be used."""
    files = [path for package in ("calibration", "scenarios", "outputs") for path in (ROOT / package).rglob("*.py")]
    rules = {
        (".".join(path.relative_to(ROOT).with_suffix("").parts), function.name)
        for path in files
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and any("njit" in ast.unparse(d) for d in function.decorator_list)
    }
    taken = {
        (line.module, name.name)
        for path in files
        for line in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(line, ast.ImportFrom)
        for name in line.names
    }
    assert rules
    assert not rules & taken


def test_compiled_rules_of_the_same_model_are_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files have the same folder, also for a process started by another; one unused for a week is removed."""
    (tmp_path / "rules.py").write_text("A = 1\n", encoding="utf-8")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    folders = []
    for _ in range(2):
        environment.settle_compiled(tmp_path)
        folders.append(Path(os.environ["NUMBA_CACHE_DIR"]))
    assert folders[0] == folders[1]
    assert folders[0].parent == tmp_path / "cache"
    os.utime(folders[0], (0.0, 0.0))
    (tmp_path / "rules.py").write_text("A = 2\n", encoding="utf-8")
    environment.settle_compiled(tmp_path)
    assert [str(path) for path in (tmp_path / "cache").iterdir()] == [os.environ["NUMBA_CACHE_DIR"]]


def test_a_folder_of_somebody_else_is_never_taken_for_compiled_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cache of a name such as `model-cache` holds the rules itself; old folders of such names beside them stay."""
    (tmp_path / "rules.py").write_text("A = 1\n", encoding="utf-8")
    others = [tmp_path / "model-thesis", tmp_path / "model-cache" / "model-thesis"]
    for other in others:
        other.mkdir(parents=True)
        os.utime(other, (0.0, 0.0))
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "model-cache"))
    environment.settle_compiled(tmp_path)
    assert Path(os.environ["NUMBA_CACHE_DIR"]).parent == tmp_path / "model-cache"
    assert all(other.is_dir() for other in others)


def test_line_ends_do_not_change_a_lock(env: Path) -> None:
    """A lock checked out with Windows line ends counts as the same lock."""
    (env.parent / "requirements.txt").write_bytes(b"the content of requirements.txt\r\n")
    assert environment.is_ready(env, "project")


def test_a_changed_lock_is_installed_over_the_old_one(env: Path, commands: list[list[str]]) -> None:
    """A new lock is installed with hashes into the environment as it stands, and then remembered."""
    (env.parent / "requirements.txt").write_text("another content\n", encoding="utf-8")
    assert not environment.is_ready(env, "project")
    environment.set_up(env, "project")
    assert not made_anew(commands)
    assert commands[-1][-6:] == [
        "--require-hashes",
        "--no-deps",
        "--only-binary",
        ":all:",
        "-r",
        str(env.parent / "requirements.txt"),
    ]
    assert environment.is_ready(env, "project")


@pytest.mark.parametrize(
    "damage", ["no stamp", "broken stamp", "list as stamp", "no python", "base python gone", "no settings"]
)
def test_a_half_made_environment_is_made_anew(env: Path, commands: list[list[str]], damage: str) -> None:
    """An environment that was not finished, or lost its Python, is emptied and made again."""
    if damage == "no stamp":
        (env / environment.STAMP).unlink()
    elif damage == "broken stamp":
        (env / environment.STAMP).write_text('{"requirements.txt": ', encoding="utf-8")
    elif damage == "list as stamp":
        (env / environment.STAMP).write_text("[1]", encoding="utf-8")
    elif damage == "no python":
        environment.env_python(env).unlink()
    elif damage == "base python gone":
        (env / "pyvenv.cfg").write_text(f"home = {env / 'gone'}\n", encoding="utf-8")
    else:
        (env / "pyvenv.cfg").unlink()
    assert not environment.is_ready(env, "project")
    environment.set_up(env, "project")
    assert made_anew(commands)


def test_a_failed_installation_is_not_remembered(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When pip fails the set-up stops with an error and leaves the environment marked as unfinished."""
    (env.parent / "requirements.txt").write_text("another content\n", encoding="utf-8")

    def fail_to_install(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1 if "install" in command else 0)

    monkeypatch.setattr("model.environment.subprocess.run", fail_to_install)
    with pytest.raises(SystemExit, match=r"requirements\.txt could not be installed"):
        environment.set_up(env, "project")
    assert not (env / environment.STAMP).exists()


def test_without_ensurepip_the_outer_pip_is_used(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where venv cannot bring pip, the environment is made without and filled by the outer Python's pip."""
    (env / environment.STAMP).unlink()
    calls: list[list[str]] = []

    def lack_ensurepip(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        fails = ("venv" in command and "--without-pip" not in command) or command[0] == str(environment.env_python(env))
        return subprocess.CompletedProcess(command, int(fails))

    monkeypatch.setattr("model.environment.subprocess.run", lack_ensurepip)
    environment.set_up(env, "project")
    assert calls[1][-1] == "--without-pip"
    assert calls[-1][:5] == [sys.executable, "-m", "pip", "--python", str(environment.env_python(env))]


def test_no_pip_at_all_is_an_error(env: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without ensurepip and without pip is told what to install."""
    monkeypatch.setattr(
        "model.environment.subprocess.run", lambda command, **_: subprocess.CompletedProcess(command, 1)
    )
    with pytest.raises(SystemExit, match="neither ensurepip nor pip"):
        environment.pip_command(env)


def test_two_starts_at_once_take_turns(tmp_path: Path) -> None:
    """Two processes are never inside the set-up together."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from model import environment; from pathlib import Path\n"
        "for _ in range(1000):\n"
        "    with environment.one_at_a_time(Path('lock')), open('log', 'a') as log:\n"
        "        print('in', file=log, end=' ', flush=True)\n"
        "        print('out', file=log, end=' ')\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert (tmp_path / "log").read_text("utf-8") == "in out " * 2000
