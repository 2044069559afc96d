"""Where an application stands, in plain terms, from facts that may come in any order."""

from enum import StrEnum


class Status(StrEnum):
    """The states an application goes through."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    AWARDED = "awarded"
    UNFUNDED = "unfunded"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED_BY_FUND = "declined_by_fund"
    DECLINED_BY_APPLICANT = "declined_by_applicant"


STATUS_WORDS = {
    Status.DRAFT: "You have not sent this application yet.",
    Status.SUBMITTED: "The fund has your application and is assessing it.",
    Status.AWARDED: "The fund decided to award a grant. The money is being set aside.",
    Status.UNFUNDED: "The fund decided to award a grant, but there is not enough money for it at present.",
    Status.OFFERED: "The fund offers you a grant. Accept or decline it.",
    Status.ACCEPTED: "You accepted the grant. Claim it when the works are done.",
    Status.DECLINED_BY_FUND: "The fund decided against this application. Its reasons are below.",
    Status.DECLINED_BY_APPLICANT: "You declined the grant.",
}


def status_of(
    *,
    submitted: bool,
    outcome: str | None = None,
    refused: bool = False,
    offered: bool = False,
    accepted: bool = False,
    turned_down: bool = False,
) -> Status:
    """The furthest state that the facts known so far speak of.

    `outcome` is the fund's decision, `refused` that its money did not suffice for it.
    """
    reached = {
        Status.DECLINED_BY_APPLICANT: turned_down,
        Status.ACCEPTED: accepted,
        Status.OFFERED: offered,
        Status.DECLINED_BY_FUND: outcome == "declined",
        Status.UNFUNDED: refused,
        Status.AWARDED: outcome == "awarded",
        Status.SUBMITTED: submitted,
    }
    return next((status for status, is_reached in reached.items() if is_reached), Status.DRAFT)
