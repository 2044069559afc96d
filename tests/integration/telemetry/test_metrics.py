"""Figures, alarms and dashboard speak of the same metrics: those that a running service really shows."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.parser import text_string_to_metric_families

from shared import observability
from shared.messaging.relay.trouble import Trouble
from tests.support.events import fund_opened
from tests.support.officer import AGREEMENT
from tests.support.people import OFFICER, VERIFIER
from tests.support.promql import asked
from tests.support.services import service_under_test

PAGE = Path("docs/metrics.md")
ALERTS = Path("deploy/monitoring/alerts.yml")
DASHBOARD = Path("deploy/monitoring/dashboard.json")
ROW = re.compile(r"^\| `(\w+)` \| (\w+) \| ([\w, ]*) \| (.+?) \|$", re.MULTILINE)
HEADING = re.compile(r"^### (\w+)$", re.MULTILINE)
PROMETHEUS_OWN = {"up": {"job", "instance"}}
ADDED_BY_PROMETHEUS = {"job", "instance"}


def alerts() -> list[dict[str, Any]]:
    rules = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))
    return [rule for group in rules["groups"] for rule in group["rules"]]


def expressions() -> Iterator[str]:
    yield from (rule["expr"] for rule in alerts())
    for panel in json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]:
        yield from (target["expr"] for target in panel["targets"])


def unknown(expression: str, shown: dict[str, set[str]]) -> set[str]:
    """Metrics and labels that an expression asks for and no service shows."""
    found = asked(expression)
    labels = {metric: shown[metric] | ADDED_BY_PROMETHEUS for metric in found.metrics if metric in shown}
    wrong = set(found.metrics) - set(shown)
    wrong |= {
        f"{metric}{{{name}}}"
        for metric, names in found.metrics.items()
        for name in names - labels.get(metric, names)
    }
    return wrong | {f"by ({name})" for name in found.groups - set().union(*labels.values())}


async def shown_after_some_work(postgres_url: str, files: Path) -> dict[str, set[str]]:
    """Each series' name with its labels, after a command, a refusal, a batch and a lost topic."""
    async with service_under_test(postgres_url, "contributions", files) as contributions:
        await contributions.post("/agreements", OFFICER, AGREEMENT)
        await contributions.refused(403, "POST", "/agreements", VERIFIER, AGREEMENT)
        await contributions.give(fund_opened())
        Trouble("contributions", 1).lost(["contributions.agreement"])
        text = (await contributions.client.get("/metrics")).text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    shown = {sample.name: set(sample.labels) for sample in samples}
    mine = [sample for sample in samples if sample.labels.get("service") == "contributions"]
    assert any(sample.name == "offset_fund_topics_lost_total" and sample.value for sample in mine)
    return {**shown, **PROMETHEUS_OWN}


async def test_alarms_and_dashboard_ask_only_for_what_a_running_service_shows(
    postgres_url: str, tmp_path: Path
) -> None:
    shown = await shown_after_some_work(postgres_url, tmp_path)

    assert {expression: unknown(expression, shown) for expression in expressions()} == {
        expression: set() for expression in expressions()
    }
    assert {name for name, *_ in documented()} - _families(shown) == set()


def _families(shown: dict[str, set[str]]) -> set[str]:
    return {re.sub(r"_(total|count)$", "", name) for name in shown}


@pytest.mark.parametrize(
    ("expression", "wrong"),
    [
        ("max by (service) (offset_fund_parked) > 0", {"offset_fund_parked", "by (service)"}),
        ('rate(known_total{outcome="done", hall="a"}[5m])', {"known_total{outcome}", "known_total{hall}"}),
        ("sum by (topic) (known_total)", {"by (topic)"}),
        ("sum by (service) (known_total) / known_total > 0.5 unless known_total offset 1h", set()),
    ],
)
def test_what_no_service_shows_is_found(expression: str, wrong: set[str]) -> None:
    assert unknown(expression, {"known_total": {"service"}}) == wrong


def test_every_alarm_says_what_happened_what_to_do_and_where_it_is_explained() -> None:
    explained = set(HEADING.findall(PAGE.read_text(encoding="utf-8")))

    assert explained == {rule["alert"] for rule in alerts()}
    for rule in alerts():
        told = rule["annotations"]
        assert set(told) == {"summary", "action", "runbook"}
        assert told["runbook"] == f"docs/metrics.md#{rule['alert'].lower()}"
        assert rule["labels"]["severity"] in {"page", "warn"}


def test_the_page_lists_every_metric_with_its_kind_its_labels_and_its_meaning() -> None:
    made = [each for each in vars(observability).values() if isinstance(each, MetricWrapperBase)]

    assert documented() == [
        (each._name, each._type, ", ".join(each._labelnames), each._documentation.removesuffix("."))
        for each in made
    ]


def documented() -> list[tuple[str, ...]]:
    return ROW.findall(PAGE.read_text(encoding="utf-8"))


def test_no_two_panels_share_a_place() -> None:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]

    places = {(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels}
    assert len(places) == len({panel["id"] for panel in panels}) == len(panels)
