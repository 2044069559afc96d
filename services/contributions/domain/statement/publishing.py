"""How an organisation publishes its files: its choice where the specification leaves one."""

from dataclasses import dataclass

from services.contributions.domain.register.purposes import CARBON_OFFSET, PURPOSES
from shared.checks import organisation_refusal, refuse_all
from shared.errors import Invalid

USUAL_CARBON_PURPOSE = "other"
"""What carbon offset money is filed under until a council says otherwise; the national list has no code."""
NATIONAL_PURPOSES = PURPOSES - {CARBON_OFFSET}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """The code an organisation publishes under, the purpose of its carbon money, whether returns are listed.

    `returned` is in the government's guidance but not in its code list, so a platform may refuse such rows.
    """

    organisation: str
    published_as: str
    carbon_purpose: str = USUAL_CARBON_PURPOSE
    lists_returned: bool = True

    def purpose(self, purpose: str | None) -> str:
        """The code a purpose is published as; empty where it is not known."""
        return self.carbon_purpose if purpose == CARBON_OFFSET else purpose or ""


def usual_publishing(organisation: str) -> Publishing:
    """What holds until somebody decides otherwise."""
    return Publishing(organisation=organisation, published_as=organisation)


def check_publishing(wanted: Publishing) -> Publishing:
    """The settings, or Invalid with each field that cannot be taken."""
    refuse_all(
        "publishing.invalid",
        [
            organisation_refusal(wanted.organisation),
            organisation_refusal(wanted.published_as, field="published_as"),
            _carbon_refusal(wanted.carbon_purpose),
        ],
    )
    return wanted


def _carbon_refusal(purpose: str) -> Invalid | None:
    if purpose in NATIONAL_PURPOSES:
        return None
    message = "Choose a purpose of the national list, such as green-infrastructure or other."
    return Invalid("carbon_purpose.unknown", message, field="carbon_purpose")
