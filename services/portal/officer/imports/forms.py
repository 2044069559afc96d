"""The questions on the pages of imports."""

from collections.abc import Sequence

from services.portal.layout.fields import Choice, Field, File, Text
from services.portal.layout.forms import Filled, Form
from services.portal.officer.imports.books import UnknownCode
from services.portal.officer.imports.words import CODES

LARGEST_FILE = 20_000_000
CODES_ASKED = 20

IMPORT = Form(
    Text(name="organisation", label="Organisation", ask="the code of the organisation whose files these are"),
    *(
        File(name=name, label=f"{name.title()} file", ask=f"the file of {name}", largest_bytes=LARGEST_FILE)
        for name in ("agreements", "contributions", "transactions")
    ),
)


def codes_form(unknown: Sequence[UnknownCode]) -> Form:
    """A question for each of the first unknown codes: what it means, or nothing."""
    return Form(*(_question(number, each) for number, each in enumerate(unknown[:CODES_ASKED], start=1)))


def with_proposals(unknown: Sequence[UnknownCode]) -> Filled:
    """The questions with what the service proposes chosen already."""
    proposed = {name_of(number): each.proposal for number, each in enumerate(unknown, start=1)}
    return codes_form(unknown).showing(proposed)


def name_of(number: int) -> str:
    """The name of the question about the unknown code of that number."""
    return f"code_{number}"


def _question(number: int, unknown: UnknownCode) -> Field:
    label, options = f"“{unknown.reported}”", CODES.get(unknown.field)
    if options is None:
        return Text(name=name_of(number), label=label, required=False)
    return Choice(name=name_of(number), label=label, ask="a code", options=options, required=False)
