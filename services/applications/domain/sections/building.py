"""The building to be improved: where it stands, what it is used for, and whose it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from services.applications.domain.checks import LONGEST_TEXT, length_refusal
from services.applications.domain.sections.section import SectionName, unanswered
from shared.errors import Invalid, Problem
from shared.events.applications import FundTerms

UPRN = re.compile(r"[0-9]{1,12}")
LATITUDES = (Decimal("49.8"), Decimal("55.9"))
LONGITUDES = (Decimal("-6.5"), Decimal("1.9"))
"""A box around England, in degrees (WGS 84)."""

LONGEST_LEASE_YEARS = 999


class Tenure(StrEnum):
    """Whose building it is."""

    OWNED = "owned"
    LEASED = "leased"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingAnswers:
    """A building, placed by its UPRN or a point, in one of the fund's wards."""

    section: ClassVar[SectionName] = SectionName.BUILDING

    name: str | None = None
    address: str | None = None
    ward: str | None = None
    use: str | None = None
    uprn: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    tenure: Tenure | None = None
    lease_years_left: int | None = None

    def wrong(self, terms: FundTerms) -> Iterator[Invalid | None]:
        """A place outside the fund's area, a number that is no UPRN, half a point."""
        yield length_refusal(self.name, field="name", name="The building's name")
        yield length_refusal(self.address, field="address", name="The address")
        yield length_refusal(self.use, field="use", name="What it is used for", longest=LONGEST_TEXT)
        yield _ward_refusal(self.ward, terms)
        yield _uprn_refusal(self.uprn)
        yield _degrees_refusal(self.latitude, LATITUDES, field="latitude")
        yield _degrees_refusal(self.longitude, LONGITUDES, field="longitude")
        yield self._half_a_point_refusal()
        yield _lease_refusal(self.lease_years_left)

    def missing(self, _terms: FundTerms) -> Iterator[Problem]:
        """What is needed to find the building and to judge how long it will stay in use."""
        yield from unanswered(
            {
                "name": (self.name, "Enter the building's name."),
                "address": (self.address, "Enter the building's address."),
                "ward": (self.ward, "Choose the ward it stands in."),
                "use": (self.use, "Say what the building is used for, and by whom."),
                "tenure": (self.tenure, "Say whether the building is owned or leased."),
            }
        )
        if not self.uprn and self.latitude is None:
            yield Problem("uprn", "Place the building: give its UPRN, or its latitude and longitude.")
        if self.tenure is Tenure.LEASED and self.lease_years_left is None:
            yield Problem("lease_years_left", "Say how many years the lease has left.")

    def _half_a_point_refusal(self) -> Invalid | None:
        if (self.latitude is None) == (self.longitude is None):
            return None
        absent = "latitude" if self.latitude is None else "longitude"
        message = f"A point needs both. Give the {absent} too."
        return Invalid("building.half_a_point", message, field=absent)


def _ward_refusal(ward: str | None, terms: FundTerms) -> Invalid | None:
    if not ward or ward in terms.wards:
        return None
    message = (
        f"Unknown ward: {ward[:80]} is not in the area of {terms.name}. "
        f"Choose one of: {', '.join(terms.wards)}."
    )
    return Invalid("ward.unknown", message, field="ward")


def _uprn_refusal(uprn: str | None) -> Invalid | None:
    if not uprn or UPRN.fullmatch(uprn):
        return None
    message = "A UPRN has up to 12 digits and nothing else. Look it up by the address, or give a point."
    return Invalid("building.uprn", message, field="uprn")


def _degrees_refusal(
    value: Decimal | None, allowed: tuple[Decimal, Decimal], *, field: str
) -> Invalid | None:
    lowest, highest = allowed
    if value is None or lowest <= value <= highest:
        return None
    message = f"This {field} is outside England: it must be from {lowest} to {highest} degrees."
    return Invalid("building.outside_england", message, field=field)


def _lease_refusal(years: int | None) -> Invalid | None:
    if years is None or 0 <= years <= LONGEST_LEASE_YEARS:
        return None
    message = f"The years left on the lease must be from 0 to {LONGEST_LEASE_YEARS}."
    return Invalid("building.lease", message, field="lease_years_left")
