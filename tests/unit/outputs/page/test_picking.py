"""What a browser sends of a chosen file, of which nothing is sure."""

from __future__ import annotations

import base64

import pytest

from outputs.page.picking import Picked, received


def test_a_file_is_received() -> None:
    """Name, size and content come through, a name without what could be taken for a path, and cut."""
    data = base64.b64encode(b"label:").decode()
    assert received({"name": "a.yaml", "size": 6, "data": data}) == Picked("a.yaml", 6, b"label:")
    assert received({"name": "../\n" + "x" * 90, "size": 6, "data": data}).name == ".._" + "_" + "x" * 56
    assert received({"name": "a.yaml", "size": 0, "data": ""}).content == b""


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "label:",
        {},
        {"name": 3, "size": "big", "data": "bGFiZWw6"[:-1]},
        {"name": "a", "size": 1, "data": None},
        {"name": "a", "size": 1, "data": "not base64!"},
        {"name": "a", "size": 1, "data": "汉字"},
        {"name": "a", "size": 1, "data": "A" * 1_000_000},
        {"name": "a", "size": 10**9, "data": ""},
    ],
)
def test_what_is_no_file_has_no_content(sent: object) -> None:
    """Whatever else is sent, also a size that hides a long text, is taken as a file that could not be read."""
    assert received(sent).content is None
