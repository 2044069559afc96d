"""The sections of an application, saved one by one; a draft may leave any answer open."""

from dataclasses import dataclass, replace
from typing import Any

from services.applications.domain.sections.building import BuildingAnswers, Tenure
from services.applications.domain.sections.costs import CostLine, Costs
from services.applications.domain.sections.energy import Energy, FuelUse
from services.applications.domain.sections.match_funding import MatchFunding, MatchFundingLine
from services.applications.domain.sections.measures import MeasureAnswers, Measures
from services.applications.domain.sections.section import Section, SectionName
from services.applications.domain.sections.who import Who

SECTIONS: dict[SectionName, type[Section]] = {
    kind.section: kind for kind in (Who, BuildingAnswers, Measures, Energy, Costs, MatchFunding)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What has been answered so far; a section that was never saved is absent."""

    who: Who | None = None
    building: BuildingAnswers | None = None
    measures: Measures | None = None
    energy: Energy | None = None
    costs: Costs | None = None
    match_funding: MatchFunding | None = None

    def section(self, name: SectionName) -> Section | None:
        """The answers of one section, if it was ever saved."""
        found: Section | None = getattr(self, name)
        return found

    def with_section(self, section: Section) -> "Answers":
        """The answers with one section replaced."""
        changed: dict[str, Any] = {section.section: section}
        return replace(self, **changed)


__all__ = [
    "SECTIONS",
    "Answers",
    "BuildingAnswers",
    "CostLine",
    "Costs",
    "Energy",
    "FuelUse",
    "MatchFunding",
    "MatchFundingLine",
    "MeasureAnswers",
    "Measures",
    "Section",
    "SectionName",
    "Tenure",
    "Who",
]
