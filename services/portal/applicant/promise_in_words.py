"""The saving promised in words: its figures, and each step with its inputs and where they come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.portal.applicant.wording import quantity
from services.portal.identity.pages_rule import Page
from services.portal.layout.filters import kg, kwh, number, tonnes
from services.portal.words import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class StepInWords:
    """One step: what it finds, how, and whose figures it uses."""

    finds: str
    how: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureInWords:
    """One measure's part of the promise."""

    title: str
    promised: str
    steps: Sequence[StepInWords]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseInWords:
    """The whole promise: figures for the top of a page, and every measure with its steps."""

    figures: Sequence[tuple[str, ...]]
    measures: Sequence[MeasureInWords]
    factor_edition: str

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Each measure with what it promises, and the factors it is counted with."""
        return [
            *((measure.title, measure.promised) for measure in self.measures),
            ("Emission factors", self.factor_edition),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The promise; or, where it cannot be worked out yet, what is missing."""

    promise: PromiseInWords | None
    missing: Sequence[str]


async def worked_out(page: Page, application_id: object) -> Worked:
    """The saving of an application as the applications service works it out."""
    told = await page.services.applications.get(f"/applications/{application_id}/saving")
    promise = _promise(told["saving"]) if told["saving"] else None
    return Worked(promise=promise, missing=[problem["message"] for problem in told["missing"]])


def _promise(saving: Mapping[str, Any]) -> PromiseInWords:
    return PromiseInWords(
        figures=[
            ("Energy saved", kwh(quantity(saving["promised_kwh"])), "a year"),
            ("Carbon saved", kg(quantity(saving["promised_kg_co2e"])), "a year"),
            ("Carbon saved over the lifetime", tonnes(quantity(saving["lifetime_kg_co2e"]))),
        ],
        measures=[_measure(measure) for measure in saving["measures"]],
        factor_edition=saving["factor_edition"],
    )


def _measure(measure: Mapping[str, Any]) -> MeasureInWords:
    energy, carbon = kwh(quantity(measure["promised_kwh"])), kg(quantity(measure["promised_kg_co2e"]))
    return MeasureInWords(
        title=plain(measure["kind"]),
        promised=f"{energy} and {carbon} a year, for {measure['lifetime_years']} years",
        steps=[_step(step) for step in measure["steps"]],
    )


def _step(step: Mapping[str, Any]) -> StepInWords:
    inputs = ", ".join(f"{one['name']} {_plain(one['value'])} {one['unit']}" for one in step["inputs"])
    formula = str(step["formula"])
    return StepInWords(
        finds=f"{step['label']}: {number(Decimal(step['result']), 2)} {step['unit']}",
        how=f"{formula[:1].upper()}{formula[1:]}: {inputs}.",
        source=step["source"],
    )


def _plain(value: str) -> str:
    """A figure with all its decimals and no needless zeros."""
    return f"{Decimal(value).normalize():,f}"
