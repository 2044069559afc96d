"""Which metrics and labels an expression of Prometheus asks for: enough of its grammar for our own rules."""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
      | (?P<range>\[[^\]]*\])
      | (?P<name>[a-zA-Z_:$][\w:]*)
      | (?P<number>[0-9][0-9.eE]*[smhdwy]?)
      | (?P<sign>=~|!~|!=|==|>=|<=|[-+*/%^(){},=<>])""",
    re.VERBOSE,
)
GROUPING = {"by", "without", "on", "ignoring", "group_left", "group_right"}
WORDS = {"and", "or", "unless", "bool", "offset"}


@dataclass(frozen=True)
class Asked:
    """The metrics of an expression with the labels their selectors name, and the labels it groups by."""

    metrics: dict[str, set[str]]
    groups: set[str]


def asked(expression: str) -> Asked:
    """Read an expression."""
    tokens = [(match.lastgroup, match.group()) for match in TOKEN.finditer(expression)]
    found = Asked({}, set())
    metric = ""
    at = 0
    while at < len(tokens):
        kind, text = tokens[at]
        after = tokens[at + 1][1] if at + 1 < len(tokens) else ""
        if text in GROUPING:
            names, at = _inside(tokens, at + 1, ")")
            found.groups.update(names)
        elif text == "{":
            names, at = _inside(tokens, at, "}")
            found.metrics[metric].update(names)
        elif kind == "name" and after not in {"(", *GROUPING} and text not in WORDS:
            metric = text
            found.metrics.setdefault(metric, set())
        at += 1
    return found


def _inside(tokens: list[tuple[str | None, str]], start: int, end: str) -> tuple[list[str], int]:
    """The names between brackets, and where they close."""
    at = start
    names = []
    while tokens[at][1] != end:
        if tokens[at][0] == "name":
            names.append(tokens[at][1])
        at += 1
    return names, at
