"""The form of a clause: how its sum is set, and for each tranche what makes it due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias
from uuid import UUID

from services.portal.layout.fields import Choice, Field, Money, Number, Text, WholeNumber
from services.portal.layout.filters import day, pounds
from services.portal.layout.forms import Filled, Form
from services.portal.officer.pricing.books import Calculation, Policy, PolicyVersion, Statement
from services.portal.officer.pricing.forms import dwellings
from services.portal.officer.pricing.policies import price_in_words
from services.portal.officer.pricing.words import METHODS
from services.portal.officer.triggers.asking import (
    trigger_fields,
    trigger_names,
    trigger_problems,
    trigger_told,
)
from services.portal.sending import Json, as_json, lines
from services.portal.words import PURPOSES
from shared.errors import Problem

MOST_TRANCHES = 20
FEE = "fee"

Options: TypeAlias = Sequence[tuple[str, str]]
Body: TypeAlias = dict[str, "Json | Mapping[str, Json] | list[dict[str, Json]]"]

START = Form(
    Choice(
        name="method", label="How the sum is set", ask="how the sum is set", options=[m[:2] for m in METHODS]
    ),
    WholeNumber(name="tranches", label="Number of parts", smallest=1, largest=MOST_TRANCHES, example="2"),
)


@dataclass(frozen=True, kw_only=True)
class ClauseForm:
    """The questions for one method and number of tranches, with what may be chosen under a policy."""

    method: str
    count: int
    policies: Options = ()
    statements: Options = ()
    earlier: Options = ()
    has_fee: bool = False

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All questions, in their order on the page."""
        return (
            Text(name="clause", label="Clause", ask="which clause it is", longest=2000),
            Text(name="reference", label="Reference", ask="the obligation's reference"),
            Choice(name="purpose", label="Purpose", ask="what the money may be spent on", options=PURPOSES),
            *self._sum(),
            *(each for part in self.parts for each in self._due(part)),
            WholeNumber(
                name="spend_by_months",
                label="Months to spend the money in",
                smallest=1,
                largest=600,
                example="60",
                required=False,
            ),
            Text(name="wards", label="Wards", required=False, longest=2000),
        )

    @cached_property
    def form(self) -> Form:
        """The form that reads what was typed."""
        return Form(*self.fields)

    @property
    def parts(self) -> list[str]:
        """What each part's boxes are called by: 1, 2 ... and the fee."""
        return [*self.tranches, *([FEE] if self.has_fee else [])]

    @property
    def tranches(self) -> list[str]:
        """What each tranche's boxes are called by."""
        return [str(number) for number in range(1, self.count + 1)]

    @property
    def boxes(self) -> tuple[str, ...]:
        """The names of all boxes."""
        return tuple(name for each in self.fields for name in each.names())

    @property
    def names(self) -> dict[str, str]:
        """The boxes by what contributions calls them when it refuses."""
        found = {"policy_version": "policy_id", "tranches": "percent_1", "fee": "trigger_fee"}
        for part in self.parts:
            prefix = "fee." if part == FEE else f"tranches.{int(part) - 1}."
            found |= {f"{prefix}{name}": f"{name}_{part}" for name in ("percent", "trigger")}
            found |= trigger_names(f"_{part}", prefix)
        return found

    def _sum(self) -> Iterator[Field]:
        if self.method == "fixed":
            yield Money(name="amount_pence", label="Amount owed")
        elif self.method == "per_dwelling":
            for kind, words in (("house", "house"), ("flat", "flat"), ("dwelling", "dwelling of any kind")):
                yield dwellings(f"{kind}s", f"Number of {words.replace(kind, f'{kind}s', 1)}")
                yield Money(name=f"{kind}_pence", label=f"Sum for each {words}", required=False)
        else:
            yield Choice(
                name="policy_id", label="Price policy", ask="the price policy", options=self.policies
            )
            yield Choice(
                name="statement_id",
                label="Energy statement",
                ask="the energy statement",
                options=self.statements,
            )
            yield Choice(
                name="replaces_id", label="Earlier calculation", required=False, options=self.earlier
            )

    def _due(self, part: str) -> Iterator[Field]:
        about = "the management fee" if part == FEE else f"part {part}" if self.count > 1 else "it"
        if part != FEE and self.count > 1:
            yield Number(
                name=f"percent_{part}",
                label=f"Share of part {part}",
                largest=Decimal(100),
                places=4,
                example="50",
            )
        asked = f"what makes {about} due"
        yield Text(name=f"trigger_{part}", label=asked.capitalize(), ask=asked, longest=2000)
        yield from trigger_fields(f"_{part}", about)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseAnswers:
    """What was typed into the form, as contributions takes it."""

    asked: ClauseForm
    values: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, asked: ClauseForm, filled: Filled) -> "ClauseAnswers":
        """The answers of a form that is right."""
        return cls(asked=asked, values=filled.values)

    @property
    def sum(self) -> dict[str, Json]:
        """How the sum is set."""
        names = [each.name for each in self.asked._sum()]  # noqa: SLF001 - the two classes are one form
        told = {name: as_json(self.values[name]) for name in names if self.values[name] is not None}
        if "policy_id" in told:
            policy_id, _, version = str(told["policy_id"]).partition(":")
            told |= {"policy_id": policy_id, "policy_version": int(version)}
        return {"method": self.asked.method, **told}

    @property
    def percents(self) -> list[str]:
        """The share of each tranche in percent."""
        if self.asked.count == 1:
            return ["100"]
        return [str(as_json(self.values[f"percent_{part}"])) for part in self.asked.tranches]

    def body(self, ids: Mapping[str, UUID]) -> Body:
        """The whole clause; `ids` names each part and the calculation."""
        told: Body = {
            name: as_json(self.values[name]) for name in ("clause", "reference", "purpose", "spend_by_months")
        }
        shares = zip(self.asked.tranches, self.percents, strict=True)
        told |= {
            "wards": lines(self.values["wards"]),
            "calculation_id": str(ids["calculation"]),
            "sum": self.sum,
            "tranches": [self._due(part, ids[part], percent) for part, percent in shares],
        }
        return {**told, "fee": self._due(FEE, ids[FEE], "100")} if self.asked.has_fee else told

    def problems(self) -> list[Problem]:
        """Numbers and dates that a kind of trigger needs, or does not use, by the boxes' names."""
        return [each for part in self.asked.parts for each in trigger_problems(self.values, f"_{part}")]

    def _due(self, part: str, obligation_id: UUID, percent: str) -> dict[str, Json]:
        words = as_json(self.values[f"trigger_{part}"])
        told: dict[str, Json] = {"obligation_id": str(obligation_id), "percent": percent, "trigger": words}
        return {**told, **trigger_told(self.values, f"_{part}")}


def policy_options(policies: Sequence[Policy]) -> Options:
    """Every version of every policy, with its price and when it was in force."""
    return [
        (
            f"{policy.policy_id}:{version.version}",
            f"{policy.name}, version {version.version}: {price_in_words(version)} ({_in_force(version)})",
        )
        for policy in policies
        for version in policy.versions
    ]


def _in_force(version: PolicyVersion) -> str:
    begins, ends = version.valid_from, version.valid_until
    return f"from {day(begins)} until {day(ends)}" if ends else f"from {day(begins)}"


def statement_options(statements: Sequence[Statement]) -> Options:
    """The agreement's statements."""
    return [
        (
            str(each.statement_id),
            f"{each.reference}, {each.stage_in_words}, approved on {day(each.approved_on)}",
        )
        for each in statements
    ]


def earlier_options(calculations: Sequence[Calculation]) -> Options:
    """Calculations under a policy that none has followed yet."""
    return [
        (str(each.calculation_id), f"{pounds(each.amount_pence)}, from {each.statement_reference}")
        for each in calculations
        if each.statement_reference and not each.replaced_by_id
    ]
