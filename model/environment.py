"""The environment of the project: made, repaired and entered; it needs the standard library alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

MODEL = Path(__file__).resolve().parent
RUN = MODEL.with_name("run.py")
STAMP = "installed-locks.json"
COMPILED = re.compile(r"model-[0-9a-f]{12}")
"""Name of a folder of compiled rules: no other folder beside them is ever taken for one, and removed."""
WEEK = 7 * 24 * 3600.0
PAGE, DEV = "requirements-page.txt", "requirements-dev.txt"
MORE_LOCKS = {"page": [PAGE], "test": [PAGE, DEV], "benchmark": [PAGE, DEV]}
SIGNS = {"page": "nicegui", "test": "pytest", "benchmark": "psutil"}
"""A package by which one sees whether an environment brought along holds what a verb needs beyond the core."""


def lock_hashes(env: Path, verb: str) -> dict[str, str]:
    """Hash the locks a verb needs, line ends aside; each holds all of those before it, so the last is installed."""
    names = ["requirements.txt", *MORE_LOCKS.get(verb, [])]
    return {name: hashlib.sha256((env.parent / name).read_text("utf-8").encode()).hexdigest() for name in names}


def env_python(env: Path) -> Path:
    """Say where the environment's Python lies."""
    return env / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def installed(env: Path) -> dict[str, str]:
    """Read which locks were installed to the end; nothing if that, or the Python below it, is gone."""
    try:
        settings = dict(line.split(" = ", 1) for line in (env / "pyvenv.cfg").read_text("utf-8").splitlines())
        whole = env_python(env).exists() and Path(settings["home"]).is_dir()
        return dict(json.loads((env / STAMP).read_text("utf-8"))) if whole else {}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def is_ready(env: Path, verb: str) -> bool:
    """Say whether the environment holds exactly the locks that the verb needs."""
    return lock_hashes(env, verb).items() <= installed(env).items()


def what_lacks(verb: str) -> str:
    """Say what an environment brought along lacks for a verb, and what to install; empty if nothing."""
    package = SIGNS.get(verb)
    if package is None or find_spec(package):
        return ""
    lock = MORE_LOCKS[verb][-1]
    return (
        f"{verb}: the package '{package}' is not installed; with YINZHOU_ENV=own install {lock} "
        f"(`pip install --require-hashes -r {lock}`), or leave YINZHOU_ENV empty"
    )


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Hold the lock file; the system lets go of it even when the process is killed."""
    with path.open("a+b") as handle:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 - Windows alone has it

            while True:
                with contextlib.suppress(OSError):  # LK_LOCK gives up after ten seconds
                    msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl  # noqa: PLC0415 - Unix alone has it

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def create_environment(env: Path) -> None:
    """Make an empty environment, also where Python came without ensurepip."""
    command = [sys.executable, "-m", "venv", "--clear", str(env)]
    failed = subprocess.run(command, capture_output=True, check=False).returncode
    if failed and subprocess.run([*command, "--without-pip"], check=False).returncode:
        sys.exit(f"error: {env} could not be made, the reason is above")


def pip_command(env: Path) -> list[str]:
    """Find a pip for the environment: its own, or that of the Python that started us."""
    own = [str(env_python(env)), "-m", "pip"]
    for command in (own, [sys.executable, "-m", "pip", "--python", str(env_python(env))]):
        if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode == 0:
            return command
    sys.exit("error: this Python has neither ensurepip nor pip; install one (Debian, Ubuntu: python3-venv)")


def set_up(env: Path, verb: str) -> None:
    """Make, bring up to date or repair the environment; one start does it, the others wait."""
    with one_at_a_time(env.with_suffix(".lock")):
        if is_ready(env, verb):
            return
        hashes = lock_hashes(env, verb)
        lock = env.parent / list(hashes)[-1]
        sys.stderr.write(f"Installing {lock.name} into {env.name}; this takes a minute or two, once.\n")
        sys.stderr.flush()
        if not installed(env) and not is_inside(env):
            create_environment(env)
        (env / STAMP).unlink(missing_ok=True)
        pip = [*pip_command(env), "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        # The lock is whole, so nothing is resolved: an old pip would answer an extra with the newest release, unhashed.
        locked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock)]
        if subprocess.run([*pip, *locked], stdout=sys.stderr, check=False).returncode:
            sys.exit(f"error: {lock.name} could not be installed, pip says why above; then start again")
        (env / "stamp.tmp").write_text(json.dumps(hashes), encoding="utf-8")
        (env / "stamp.tmp").replace(env / STAMP)


def settle_compiled(model: Path = MODEL) -> None:
    """Name, in the environment of this process and of its workers, the folder of what is compiled of the model.

    numba keeps a compiled function until the file of that function changes; of a function or a number that it takes
    from another file it goes on using the old one, so results would be of no version of the code. Each state of the
    model therefore has a folder of its own; those that nothing was started with for a week are removed.
    """
    files = sorted(model.rglob("*.py"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    base = Path(os.environ.get("NUMBA_CACHE_DIR") or Path(sys.prefix) / "numba-cache")
    base = base.parent if COMPILED.fullmatch(base.name) else base
    folder = base / f"model-{digest}"
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    with contextlib.suppress(OSError):  # where nothing may be written numba finds another place, or compiles each time
        folder.mkdir(parents=True, exist_ok=True)
        os.utime(folder)
        for other in base.iterdir():
            if COMPILED.fullmatch(other.name) and other.stat().st_mtime < folder.stat().st_mtime - WEEK:
                shutil.rmtree(other, ignore_errors=True)


def is_inside(env: Path) -> bool:
    """Say whether this process runs on the environment's Python."""
    return Path(sys.prefix).resolve() == env.resolve()


def run_inside(env: Path, words: Sequence[str]) -> int:
    """Run `run.py` again inside the environment, with the same arguments."""
    command = [str(env_python(env)), str(RUN), *words]
    if os.name != "nt":
        os.execv(command[0], command)
    with subprocess.Popen(command) as child:
        while True:
            with contextlib.suppress(KeyboardInterrupt):  # the child hears it too, and decides
                return child.wait()
