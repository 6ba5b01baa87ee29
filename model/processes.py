"""Processes beside this one, which end with it."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any


def pool_of(n: int, start: Callable[..., None] | None = None, *arguments: Any) -> ProcessPoolExecutor:  # noqa: ANN401 - of any rule
    """A pool of ``n`` processes started afresh (spawn), the same on Windows and Linux; each calls ``start`` first.

    A worker waits for its next task on a queue that it holds open itself: with the process that started it killed it
    would wait for ever, so it looks after that process.
    """
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(n, mp_context=context, initializer=_begin, initargs=(start, arguments))


def _begin(start: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if start:
        start(*arguments)


def _end_with_parent() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
