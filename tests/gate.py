"""All checks of the project in one command, `python3 run.py test`; with arguments, pytest alone.

Which lines tests reach is asked for by itself, `python3 run.py test -n 2 -m "not slow" --cov`: tracing takes more than
half as long again.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STEPS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    ("lint-imports", ("-c", "from importlinter.cli import lint_imports_command as run; run()")),
    (
        "pytest",  # in the order of tests/conftest.py: xdist's own begins with the files of most tests, not the longest
        ("-m", "pytest", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "-m", "not slow"),
    ),
)
ONE_RUN = ("run.py", "project", "--smoke", "--scenarios", "plan", "--only-member", "1", "--check", "--quiet", "--prior")
"""A run that compiles the rules of the model; a part of a study has neither tables nor charts."""


def run(*arguments: str) -> int:
    """Run Python with the given arguments at the root of the project; return its exit code."""
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode


@contextmanager
def compiling() -> Iterator[subprocess.Popen[bytes]]:
    """Compile the rules beside the checks, which keep one core busy; else both processes of pytest would do it.

    Nothing is said of a run that fails: the tests compile what they need, and fail with their own words.
    """
    quiet = subprocess.DEVNULL
    with tempfile.TemporaryDirectory() as studies:
        command = [sys.executable, *ONE_RUN, "--studies-dir", studies]
        with subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet) as process:
            yield process


def main(arguments: list[str]) -> int:
    """Run every step, also after one has failed, and name those that failed before pytest's last line."""
    if arguments:
        return run("-m", "pytest", *arguments)
    failed: list[str] = []
    with compiling() as compiled:
        for name, command in STEPS:
            if name == "pytest":
                compiled.wait()
                if failed:
                    print(f"failed so far: {', '.join(failed)}", file=sys.stderr, flush=True)
            print(f"== {name}", file=sys.stderr, flush=True)
            if run(*command):
                failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
