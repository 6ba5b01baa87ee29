"""Memory of this process: what it holds, the most that it held, and starting that anew."""

from __future__ import annotations

import ctypes
import gc
import sys
from pathlib import Path

import psutil

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def held_mb() -> float:
    """Memory that this process holds now, after what is free was given back to the system."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it
        if trim:
            trim(0)
    return float(psutil.Process().memory_info().rss) / 1e6


def forget_peak() -> bool:
    """Let the peak start anew from what is held now; only Linux can."""
    try:
        CLEAR.write_text("5", encoding="ascii")
    except OSError:
        return False
    return True


def peak_mb() -> float:
    """Most that this process held, since the last `forget_peak` where there is one."""
    if STATUS.is_file():
        lines = dict(line.split(":", 1) for line in STATUS.read_text("utf-8").splitlines() if ":" in line)
        return float(lines["VmHWM"].split()[0]) * 1024.0 / 1e6
    if sys.platform == "win32":
        return float(psutil.Process().memory_info().peak_wset) / 1e6
    import resource  # noqa: PLC0415 - Windows has none

    kilo = 1.0 if sys.platform == "darwin" else 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * kilo / 1e6
