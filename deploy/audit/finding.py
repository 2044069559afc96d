"""What the auditor says: a finding, the promise that a client was given, and both in words."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it ought to be.

    `check` is the check's lasting name, `where` the service, table and key to look at, `message` says what is
    there and what ought to be.
    """

    check: str
    where: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a client was answered with success: its event must be in the owner's log for ever."""

    service: str
    topic: str
    key: str
    sequence: int


def describe(findings: Sequence[Finding]) -> str:
    """The findings for people: what was found by which check, or that the books are right."""
    if not findings:
        return "The books are right: nothing was found."
    lines = [f"The auditor found {len(findings)} thing{'s' if len(findings) > 1 else ''}:"]
    for check in dict.fromkeys(finding.check for finding in findings):
        lines.append(f"{check}")
        lines += [f"  {each.where}: {each.message}" for each in findings if each.check == check]
    return "\n".join(lines)
