"""The buildings and applications of the demonstration; organisations and figures are invented."""

from datetime import date
from typing import Any

from deploy.local.demonstration.steps import Application
from services.portal.identity import people

QUOTES = ("Ashby Insulation Ltd", "Brook Building Services", "Clay Hill Contractors")


def costs(total_pence: int, what: str) -> list[dict[str, Any]]:
    """Three quoted lines that add up to the total, VAT recoverable so that the net is the cost."""
    third = total_pence // 3
    parts = (third, third, total_pence - 2 * third)
    return [
        {
            "description": f"{what}, part {number}",
            "net_pence": part,
            "vat_pence": part // 5,
            "vat_recoverable": True,
            "eligible": True,
            "quote_supplier": supplier,
            "quote_reference": f"Q-{number}",
        }
        for number, (part, supplier) in enumerate(zip(parts, QUOTES, strict=True), 1)
    ]


def gas(kwh: int, year: int) -> list[dict[str, Any]]:
    """Twelve months of gas to the end of the year before."""
    return [
        {
            "fuel": "natural_gas",
            "period_start": f"{year - 1}-01-01",
            "period_end": f"{year}-01-01",
            "kwh": str(kwh),
        }
    ]


def measure(kind: str, percent: str, years: int, fuel: str = "natural_gas") -> dict[str, Any]:
    """A measure that saves a part of one fuel."""
    return {
        "kind": kind,
        "fuel": fuel,
        "saving_percent": percent,
        "source": "Installer's survey of the building, attached to the quote",
        "lifetime_years": years,
    }


def building(name: str, ward: str, use: str, place: tuple[str, str]) -> dict[str, Any]:
    """A building that its organisation owns, placed by a point."""
    return {
        "name": name,
        "address": f"{name}, {ward}",
        "ward": ward,
        "use": use,
        "latitude": place[0],
        "longitude": place[1],
        "tenure": "owned",
    }


def application(
    *,
    name: str,
    organisation: str,
    kind: str,
    ward: str,
    use: str,
    place: tuple[str, str],
    gas_kwh: int,
    measures: list[dict[str, Any]],
    cost_pence: int,
    requested_pence: int,
    submitted_on: date,
    applicant: Any = people.HALL_SECRETARY,
) -> Application:
    """An application whose own money makes up the rest of the cost."""
    return Application(
        name=name,
        applicant=applicant,
        organisation=organisation,
        organisation_kind=kind,
        building=building(name, ward, use, place),
        measures=measures,
        energy=gas(gas_kwh, submitted_on.year),
        costs=costs(cost_pence, measures[0]["kind"].replace("_", " ").capitalize()),
        match_funding=[
            {"source": "Own reserves", "amount_pence": cost_pence - requested_pence, "confirmed": True}
        ],
        requested_pence=requested_pence,
        submitted_on=submitted_on,
    )


SWAN_HILL = application(
    name="Swan Hill Village Hall",
    organisation="Swan Hill Village Hall Trust",
    kind="village_hall",
    ward="Wolver Hill",
    use="Playgroup, lunch club and evening classes",
    place=("52.0412", "-0.7321"),
    gas_kwh=61_500,
    measures=[measure("cavity_wall_insulation", "14", 42), measure("loft_insulation", "9", 42)],
    cost_pence=58_400_00,
    requested_pence=29_200_00,
    submitted_on=date(2023, 2, 20),
)
BROOK_END = application(
    name="Brook End Primary School",
    organisation="Brook End Primary School",
    kind="school",
    ward="Stonebridge",
    use="Primary school of 210 pupils",
    place=("52.0284", "-0.7817"),
    gas_kwh=148_000,
    measures=[measure("heating_controls", "12", 15), measure("double_glazing", "8", 25)],
    cost_pence=92_600_00,
    requested_pence=46_300_00,
    submitted_on=date(2023, 3, 6),
    applicant=people.SCHOOL_MANAGER,
)
ST_BOTOLPH = application(
    name="St Botolph's Parish Rooms",
    organisation="Parochial Church Council of St Botolph",
    kind="faith_group",
    ward="Ouzel Meadow",
    use="Food bank, choir and parish meetings",
    place=("52.0507", "-0.7044"),
    gas_kwh=34_200,
    measures=[measure("loft_insulation", "11", 42)],
    cost_pence=16_800_00,
    requested_pence=8_400_00,
    submitted_on=date(2025, 5, 12),
)
TATTENFIELD = application(
    name="Tattenfield Sports Pavilion",
    organisation="Tattenfield Sports Club",
    kind="sports_club",
    ward="Tattenfield",
    use="Changing rooms and club room",
    place=("52.0173", "-0.7552"),
    gas_kwh=42_000,
    measures=[measure("heating_controls", "10", 15)],
    cost_pence=21_000_00,
    requested_pence=10_500_00,
    submitted_on=date(2026, 6, 1),
)
LIBRARY = application(
    name="Bradwell Park Community Library",
    organisation="Friends of Bradwell Park Library",
    kind="charity",
    ward="Bradwell Park",
    use="Library and advice centre",
    place=("52.0466", "-0.7893"),
    gas_kwh=57_000,
    measures=[measure("double_glazing", "10", 25)],
    cost_pence=39_000_00,
    requested_pence=19_500_00,
    submitted_on=date(2026, 7, 6),
)
SCOUTS = application(
    name="Stonebridge Scout Hut",
    organisation="Stonebridge Scout Group",
    kind="community_group",
    ward="Stonebridge",
    use="Scouts, and a gym at weekends",
    place=("52.0301", "-0.7748"),
    gas_kwh=12_400,
    measures=[measure("loft_insulation", "6", 42)],
    cost_pence=44_000_00,
    requested_pence=22_000_00,
    submitted_on=date(2026, 3, 9),
)
ACADEMY = application(
    name="Wolver Hill Academy Sports Hall",
    organisation="Wolver Hill Academy",
    kind="school",
    ward="Wolver Hill",
    use="Sports hall, also let to clubs",
    place=("52.0398", "-0.7266"),
    gas_kwh=310_000,
    measures=[measure("cavity_wall_insulation", "16", 42), measure("heating_controls", "7", 15)],
    cost_pence=299_000_00,
    requested_pence=149_500_00,
    submitted_on=date(2026, 8, 10),
    applicant=people.SCHOOL_MANAGER,
)
ALLOTMENT = application(
    name="Ouzel Meadow Allotment Hut",
    organisation="Ouzel Meadow Allotment Society",
    kind="community_group",
    ward="Ouzel Meadow",
    use="Meetings and a seed store",
    place=("52.0523", "-0.7102"),
    gas_kwh=5_600,
    measures=[measure("loft_insulation", "10", 42)],
    cost_pence=6_200_00,
    requested_pence=3_100_00,
    submitted_on=date(2026, 5, 4),
)
GUIDES = application(
    name="Wolver Hill Guide Hut",
    organisation="Wolver Hill Guides",
    kind="community_group",
    ward="Wolver Hill",
    use="Guides, Brownies and a toddler group",
    place=("52.0377", "-0.7290"),
    gas_kwh=15_900,
    measures=[measure("double_glazing", "9", 25)],
    cost_pence=18_900_00,
    requested_pence=9_450_00,
    submitted_on=date(2026, 10, 5),
)
