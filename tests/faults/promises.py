"""Which fact a service promised by its answer: topic and key of the event that must be in its log."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deploy.audit import Promise

ID = r"([^/]+)"


@dataclass(frozen=True, slots=True)
class Rule:
    """Commands of one path promise a fact of this topic; its key stands in the path, body or answer."""

    service: str
    path: re.Pattern[str]
    topic: str
    key: str

    def key_of(self, found: re.Match[str], body: Mapping[str, Any], answer: Mapping[str, Any]) -> str | None:
        if self.key == "path":
            return found.group(1)
        return (answer if self.key == "id" else body).get(self.key)


def _rule(service: str, path: str, topic: str, key: str = "path") -> Rule:
    return Rule(service, re.compile(path), f"{service}.{topic}", key)


RULES = (
    _rule("contributions", "/agreements", "agreement", "id"),
    _rule("contributions", f"/agreements/{ID}/obligations(/{ID}/trigger)?", "agreement"),
    _rule("contributions", f"/agreements/{ID}/obligations/{ID}/receipts", "pot", "id"),
    _rule("contributions", "/payments", "grant_funding", "application_id"),
    _rule("applications", "/funds", "fund", "id"),
    _rule("applications", f"/applications/{ID}/(submit|accept|decline|claims)", "application"),
    _rule("assessment", f"/assessments/{ID}/(interest|scores|decision)", "assessment"),
    _rule("monitoring", f"/projects/{ID}/claims/{ID}/verify", "project"),
    _rule("monitoring", f"/projects/{ID}/(works-completed|boundary|savings)", "project"),
    _rule("monitoring", f"/projects/{ID}/meters/{ID}/baseline", "project"),
)


def promise_of(service: str, path: str, body: Any, answer: Any) -> Promise | None:
    """The fact that this answer promised, or None where the command publishes none."""
    if not (isinstance(answer, dict) and answer.get("sequence")):
        return None
    for rule in RULES:
        found = rule.path.fullmatch(path) if rule.service == service else None
        if found:
            key = rule.key_of(found, body or {}, answer)
            assert key, f"{path} has no {rule.key}"
            return Promise(service=service, topic=rule.topic, key=key, sequence=answer["sequence"])
    return None
