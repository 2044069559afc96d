"""The demonstration fund's terms, after the manner of Milton Keynes: half the eligible cost, three quotes.

What is like Milton Keynes: the always-open fund, 50 % of eligible capital cost, three quotes, and who may
apply (its published guidelines, read in November 2026). The council, its wards and the maximum are invented.
"""

from datetime import date
from typing import Any

from deploy.local.demonstration.money import COUNCIL, PURPOSE, WARDS

OPENS_ON = date(2021, 4, 1)

TERMS: dict[str, Any] = {
    "name": "Ouzel Valley Carbon Offset Fund",
    "organisation": COUNCIL,
    "purposes": [PURPOSE],
    "wards": list(WARDS),
    "organisation_kinds": [
        "village_hall",
        "school",
        "parish_council",
        "charity",
        "community_group",
        "faith_group",
        "sports_club",
        "public_body",
    ],
    "measure_kinds": [
        "loft_insulation",
        "cavity_wall_insulation",
        "double_glazing",
        "heat_pump",
        "heating_controls",
        "led_lighting",
        "solar_pv",
    ],
    "grant_percent_limit": 50,
    "maximum_grant_pence": 150_000_00,
    "minimum_quotes": 3,
    "criteria": [
        {
            "code": "carbon",
            "title": "Carbon saved for the money, over the life of the measures",
            "weight_percent": 40,
        },
        {"code": "need", "title": "Social need and who benefits", "weight_percent": 25},
        {"code": "visibility", "title": "Visibility and learning for others", "weight_percent": 15},
        {"code": "delivery", "title": "Ability to deliver, and readiness", "weight_percent": 20},
    ],
}
