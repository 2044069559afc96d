"""What a campaign did, in a table for the note."""

import statistics

from tests.faults.campaign import Outcome


def table(outcome: Outcome, seed: int, seconds: float) -> str:
    """How many faults of which kind, and how long they took."""
    width = max(map(len, outcome.seconds), default=10)
    lines = [f"{'kind':{width}} {'count':>6} {'mean s':>7} {'sum s':>7}"]
    for name, taken in sorted(outcome.seconds.items()):
        lines.append(f"{name:{width}} {len(taken):6} {statistics.mean(taken):7.1f} {sum(taken):7.0f}")
    lines.append(f"{'all':{width}} {outcome.faults:6}")
    audits = statistics.mean(outcome.audits) if outcome.audits else 0
    counted = ", ".join(f"{number} {name}" for name, number in outcome.counted.items())
    lines += [
        f"{len(outcome.audits)} audits, {audits:.1f} s on average until quiet and audited",
        f"load: {counted}; {outcome.promises} facts were promised by answers",
        f"deadlocks broken by PostgreSQL: {outcome.deadlocks}",
        f"seed {seed}, {seconds:.0f} s",
    ]
    return "\n".join(lines)
