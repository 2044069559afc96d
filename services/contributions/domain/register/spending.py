"""What a deed says about spending its money: who may have it, and what becomes of what is unspent."""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.errors import Invalid

KIND = re.compile(r"[a-z][a-z_]{0,99}")


class SpendByCounts(StrEnum):
    """What saves money at its spend-by date: only what was paid, or what a grant has bound too."""

    SPENT = "spent"
    COMMITTED = "committed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingTerms:
    """What the deed says about spending; None where nobody has said yet what it says.

    No recipients means any kind of organisation may be granted the money.
    """

    spend_by_counts: SpendByCounts | None = None
    refund_with_interest: bool | None = None
    recipients: frozenset[str] = frozenset()


NOTHING_SAID = SpendingTerms()


def terms_refusals(terms: SpendingTerms) -> None:
    """Refuse what is no kind of organisation."""
    wrong = sorted(kind for kind in terms.recipients if not KIND.fullmatch(kind))
    if wrong:
        message = f"{', '.join(wrong)} is not a kind of organisation. Choose from the list, such as school."
        raise Invalid("recipients.unknown", message, field="recipients")
