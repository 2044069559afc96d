"""The fund's codes as words: one list for every audience, whether chosen from or read."""

from collections.abc import Iterable, Mapping

FUELS = (
    ("electricity", "Electricity"),
    ("natural_gas", "Natural gas"),
    ("burning_oil", "Heating oil (kerosene)"),
    ("gas_oil", "Gas oil (red diesel)"),
    ("lpg", "LPG (bottled or tank gas)"),
    ("wood_pellets", "Wood pellets"),
)
MEASURE_KINDS = (
    ("loft_insulation", "Loft insulation"),
    ("cavity_wall_insulation", "Cavity wall insulation"),
    ("wall_insulation", "Solid wall insulation"),
    ("floor_insulation", "Floor insulation"),
    ("draught_proofing", "Draught proofing"),
    ("double_glazing", "Double glazing"),
    ("led_lighting", "LED lighting"),
    ("heat_pump", "Heat pump"),
    ("heating_controls", "Heating controls"),
    ("solar_pv", "Solar panels"),
)
ORGANISATION_KINDS = (
    ("village_hall", "Village hall"),
    ("community_group", "Community group"),
    ("charity", "Charity"),
    ("school", "School"),
    ("parish_council", "Parish or town council"),
    ("public_body", "Other public body"),
    ("faith_group", "Faith group"),
    ("sports_club", "Sports club"),
    ("social_enterprise", "Social enterprise"),
    ("housing_association", "Housing association"),
)
PURPOSES = (
    ("carbon-offset", "Carbon offset"),
    ("green-infrastructure", "Green infrastructure"),
    ("affordable-housing", "Affordable housing"),
    ("bonds", "Bonds"),
    ("cil-administration-costs", "CIL administration costs"),
    ("community-facilities", "Community facilities"),
    ("community-infrastructure-levy", "Community infrastructure levy"),
    ("digital-infrastructure", "Digital infrastructure"),
    ("economic-development", "Economic development"),
    ("education", "Education"),
    ("flood-and-water-management", "Flood and water management"),
    ("health", "Health"),
    ("highways", "Highways"),
    ("land", "Land"),
    ("mayoral-community-infrastructure-levy", "Mayoral community infrastructure levy"),
    ("monitoring-fees", "Monitoring fees"),
    ("neighbourhood-community-infrastructure-levy", "Neighbourhood community infrastructure levy"),
    ("open-space-and-leisure", "Open space and leisure"),
    ("other", "Other"),
    ("transport-and-travel", "Transport and travel"),
)
NATIONAL_PURPOSES = tuple(purpose for purpose in PURPOSES if purpose[0] != "carbon-offset")
LISTED: Mapping[str, str] = dict((*PURPOSES, *FUELS, *MEASURE_KINDS, *ORGANISATION_KINDS))
CAPITALS = {"led": "LED", "pv": "PV", "lpg": "LPG", "vat": "VAT", "cil": "CIL"}


def plain(code: str | None) -> str:
    """A code such as led_lighting as people say it: LED lighting; nothing for none."""
    if not code:
        return ""
    said = " ".join(CAPITALS.get(word, word) for word in code.replace("-", "_").split("_"))
    return LISTED.get(code) or f"{said[:1].upper()}{said[1:]}"


def within(code: str | None) -> str:
    """A code as it stands inside a sentence: natural gas, but LED lighting."""
    said = plain(code)
    return said if said[:2].isupper() else f"{said[:1].lower()}{said[1:]}"


def options(codes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Codes to choose from, with their words."""
    return tuple((code, plain(code)) for code in codes)
