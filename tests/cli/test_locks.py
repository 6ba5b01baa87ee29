"""The locked requirements: each whole by itself, hashed, and part of the next."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def pins(name: str) -> set[str]:
    """Read the pinned lines of a lock, markers included."""
    return set(re.findall(r"^[a-z0-9].*==.*[^\\\s]", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def test_each_lock_holds_all_of_the_one_before_it() -> None:
    """Installing a larger lock leaves exactly the core versions, so one environment serves all verbs."""
    assert len(pins("requirements.txt")) > 20
    assert pins("requirements.txt") < pins("requirements-page.txt") < pins("requirements-dev.txt")


def test_the_lock_holds_what_each_of_its_packages_needs() -> None:
    """The lock is installed without resolving, so it must be whole by itself, on the Python that runs this."""
    locked = [Requirement(pin.strip()) for pin in pins("requirements-dev.txt")]
    versions = {
        canonicalize_name(pin.name): next(iter(pin.specifier)).version
        for pin in locked
        if pin.marker is None or pin.marker.evaluate()
    }
    missing = [
        f"{name} needs {need}"
        for name in versions
        for need in map(Requirement, metadata.requires(name) or [])
        if need.marker is None or need.marker.evaluate({"extra": ""})
        if not need.specifier.contains(versions.get(canonicalize_name(need.name), "0"), prereleases=True)
    ]
    assert len(versions) > 60
    assert not missing


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-page.txt", "requirements-dev.txt"])
def test_locks_are_hashed_and_name_no_place(name: str) -> None:
    """Every pin has a hash, and a lock holds neither a URL nor a path nor a pip option of a machine."""
    text = (ROOT / name).read_text("utf-8")
    hashed = re.findall(r"^[a-z0-9].*==.*\\\n +--hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(hashed) == len(re.findall(r"^\S", text, re.MULTILINE))
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}
    assert "/" not in text
