"""The questions on the general ledger's pages."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from services.portal.finance.general_ledger.books import Line, Missing, Preview, Proposal
from services.portal.layout.fields import Choice, Choices, File, Number, Text
from services.portal.layout.filters import day, pounds
from services.portal.layout.forms import Form
from services.portal.officer.words import MOVEMENTS, in_words

LARGEST_BYTES = 30_000_000
LARGEST = Decimal(10_000_000_000)
SIGNS = (("minus", "Money in has a minus sign"), ("plus", "Money in has no sign, money out a minus sign"))
MEANINGS = (
    ("document", "Document number"),
    ("line", "Line of the document"),
    ("posted_on", "Day of posting"),
    ("amount", "Amount, in one column"),
    ("money_in", "Money in (credits)"),
    ("money_out", "Money out (debits)"),
    ("reference", "Reference or voucher"),
    ("description", "Description"),
)
DECISIONS = (
    ("explained", "Explain: it is rightly not in the fund's books"),
    ("disputed", "Dispute: somebody must look into it"),
    ("open", "Open again"),
)
BALANCE = Form(
    Number(
        name="general_ledger_pounds",
        label="Balance in the finance system",
        ask="the balance that the finance system shows",
        smallest=-LARGEST,
        largest=LARGEST,
        places=2,
        example="10025.00",
    )
)


def upload(organisations: Sequence[str]) -> Form:
    """Whose general ledger it is, and its file."""
    return Form(
        Choice(name="organisation", label="Organisation", options=[(each, each) for each in organisations]),
        File(name="file", label="File", ask="the file of the general ledger", largest_bytes=LARGEST_BYTES),
    )


def columns(preview: Preview) -> Form:
    """Which column means what; those that are not needed may be left open."""
    headings = [(heading, heading) for heading in preview.headings]
    needed = {"document", "posted_on"}
    return Form(
        *(
            Choice(
                name=name,
                label=label,
                ask=f"the column of the {label.lower()}",
                options=headings,
                required=name in needed,
            )
            for name, label in MEANINGS
        ),
        Choice(name="in_sign", label="Signs", ask="what signs mean", options=SIGNS),
    )


def matches(proposals: Iterable[Proposal]) -> Form:
    """The proposals that are right."""
    options = match_options(proposals)
    return Form(Choices(name="matches", label="Matches", ask="the matches that are right", options=options))


def match_options(proposals: Iterable[Proposal]) -> list[tuple[str, str]]:
    """Each proposal as a box to tick."""
    return [(f"{each.line_id}.{each.movement_id}", _said(each)) for each in proposals]


def decision(lines: Iterable[Line]) -> Form:
    """Lines, what is decided of them, and why."""
    return Form(
        Choices(name="line_ids", label="Lines", ask="one or more lines", options=line_options(lines)),
        Choice(name="decision", label="Decision", ask="what is decided", options=DECISIONS),
        Text(name="reason", label="Reason", longest=1000, required=False),
    )


def explanation(movements: Iterable[Missing]) -> Form:
    """Movements, and why the general ledger lacks them."""
    options = [(str(each.movement_id), movement_words(each)) for each in movements]
    return Form(
        Choices(name="movement_ids", label="Movements", ask="one or more movements", options=options),
        Text(name="reason", label="Reason", ask="why the general ledger lacks them", longest=1000),
    )


def line_options(lines: Iterable[Line]) -> list[tuple[str, str]]:
    """Each line as a box to tick."""
    return [(str(each.line_id), line_words(each)) for each in lines]


def line_words(line: Line) -> str:
    """A line in one line of text."""
    words = [line.document, line.reference, line.description, line.reason or ""]
    return f"{day(line.posted_on)}, {pounds(line.amount_pence)}: {', '.join(filter(None, words))}"


def movement_words(movement: Missing) -> str:
    """A movement in one line of text."""
    words = [
        in_words(movement.kind, MOVEMENTS),
        movement.party,
        movement.obligation_reference,
        movement.voucher,
    ]
    return f"{day(movement.booked_on)}, {pounds(movement.amount_pence)}: {', '.join(filter(None, words))}"


def _said(each: Proposal) -> str:
    line = ", ".join(filter(None, [each.document, each.reference, each.description]))
    ours = [in_words(each.kind, MOVEMENTS), each.party, each.obligation_reference, each.voucher]
    return f"{day(each.posted_on)}, {pounds(each.amount_pence)}: {line} is {', '.join(filter(None, ours))}"
