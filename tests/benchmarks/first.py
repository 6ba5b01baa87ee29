"""Piece: what a fresh process spends until it has run its first member, and its second: one of 1:1000, to 2021."""

import hashlib
import json
import time


def main() -> None:
    """Import, draw, run twice, and tell the seconds of each and a hash of the values."""
    start = time.perf_counter()
    from calibration.members import MemberSource  # noqa: PLC0415 - imports are what is timed
    from model.simulate import simulate  # noqa: PLC0415
    from scenarios.scenario import load  # noqa: PLC0415

    took, quarters = {"import": time.perf_counter() - start}, 4
    (path,) = load(["plan"], quarters)
    start = time.perf_counter()
    member = MemberSource(scale=1000, seed=2020, n_quarters=quarters)(0)
    took["base"] = time.perf_counter() - start
    digests = []
    for name in ("first", "second"):
        start = time.perf_counter()
        result = simulate(member, path, quarters)
        took[name] = time.perf_counter() - start
        digests.append(hashlib.sha256(result.values.tobytes()).hexdigest())
    print(json.dumps({"seconds": took, "digests": digests}))


if __name__ == "__main__":
    main()
