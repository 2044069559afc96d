"""What the works will cost, line by line, in pence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from services.applications.domain.checks import length_refusal, pence_refusal, rows_refusal
from services.applications.domain.sections.section import REFUSE_UNKNOWN, SectionName, unanswered
from shared.errors import Invalid, Problem
from shared.events.applications import FundTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """One cost: net, its VAT, whether the VAT can be recovered, whether the fund may bear it, its quote."""

    __pydantic_config__: ClassVar[dict[str, str]] = REFUSE_UNKNOWN

    description: str | None = None
    net_pence: int | None = None
    vat_pence: int | None = None
    vat_recoverable: bool | None = None
    eligible: bool | None = None
    quote_supplier: str | None = None
    quote_reference: str | None = None

    @property
    def cost_pence(self) -> int:
        """What the line costs the organisation: net, and the VAT that it cannot get back."""
        return (self.net_pence or 0) + (0 if self.vat_recoverable else self.vat_pence or 0)

    @property
    def quote(self) -> tuple[str, str] | None:
        """The supplier and reference of the quote behind the line, if there is one."""
        if not self.quote_supplier or not self.quote_reference:
            return None
        return self.quote_supplier.strip().lower(), self.quote_reference.strip().lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """All costs of the works, eligible and not."""

    section: ClassVar[SectionName] = SectionName.COSTS

    costs: tuple[CostLine, ...] = ()

    @property
    def total_pence(self) -> int:
        """The cost of the works to the organisation."""
        return sum(line.cost_pence for line in self.costs)

    @property
    def eligible_pence(self) -> int:
        """The part of the cost that the fund may share."""
        return sum(line.cost_pence for line in self.costs if line.eligible)

    @property
    def quotes(self) -> int:
        """How many different quotes stand behind the lines."""
        return len({line.quote for line in self.costs if line.quote is not None})

    def wrong(self, _terms: FundTerms) -> Iterator[Invalid | None]:
        """Sums that are none, and VAT above the net sum."""
        yield rows_refusal(len(self.costs), field="costs")
        for row, line in enumerate(self.costs):
            yield from _wrong(line, f"costs.{row}", f"Cost {row + 1}")

    def missing(self, _terms: FundTerms) -> Iterator[Problem]:
        """At least one cost, none half filled, one of them eligible."""
        if not self.costs:
            yield Problem("costs", "Add at least one cost.")
        for row, line in enumerate(self.costs):
            yield from _missing(line, f"costs.{row}", f"Cost {row + 1}")
        if self.costs and not self.eligible_pence:
            yield Problem("costs", "None of the costs is one that the fund may share. Mark those that are.")


def _wrong(line: CostLine, place: str, name: str) -> Iterator[Invalid | None]:
    yield length_refusal(line.description, field=f"{place}.description", name=f"{name}: the description")
    yield pence_refusal(line.net_pence, field=f"{place}.net_pence", name=f"{name}: the net sum")
    yield pence_refusal(line.vat_pence, field=f"{place}.vat_pence", name=f"{name}: the VAT", allow_zero=True)
    if line.net_pence is not None and (line.vat_pence or 0) > line.net_pence > 0:
        message = f"{name}: the VAT is more than the net sum. Check both."
        yield Invalid("cost.vat_above_net", message, field=f"{place}.vat_pence")
    yield length_refusal(line.quote_supplier, field=f"{place}.quote_supplier", name=f"{name}: the supplier")
    yield length_refusal(
        line.quote_reference, field=f"{place}.quote_reference", name=f"{name}: the quote's reference"
    )


def _missing(line: CostLine, place: str, name: str) -> Iterator[Problem]:
    yield from unanswered(
        {
            f"{place}.description": (line.description, f"{name}: say what it is for."),
            f"{place}.net_pence": (line.net_pence, f"{name}: enter the sum without VAT."),
            f"{place}.vat_pence": (line.vat_pence, f"{name}: enter the VAT, 0 if there is none."),
            f"{place}.eligible": (line.eligible, f"{name}: say whether the fund may share it."),
        }
    )
    if line.vat_pence and line.vat_recoverable is None:
        yield Problem(f"{place}.vat_recoverable", f"{name}: say whether you can recover the VAT.")
    if bool(line.quote_supplier) != bool(line.quote_reference):
        message = f"{name}: give both the supplier and the reference of its quote, or neither."
        yield Problem(f"{place}.quote_reference", message)
