"""Three files of an invented council with the faults of real ones, in their real shares, by a seed.

Spellings and shares are those of the national build of 2021-06-10 (1,551 agreements, 3,344 contributions,
3,408 transactions): blank and misspelt codes, pound signs, British and partial dates, stray spaces,
trailing columns, Windows-1252 letters, negated spends, sums in words, parts of a penny, repeated rows.
"""

from __future__ import annotations

from random import Random

from tests.support.open_data import COUNCIL, HEADINGS, Files

KINDS = (
    *(["section-106"] * 50 + ["CIL"] * 23 + [""] * 7 + ["Section 106 agreement"] * 6),
    *(["Section-106"] * 5 + ["S106"] * 3 + ["Unilateral Undertaking", "Deed of Variation"]),
)
STATUSES = (
    *(["received"] * 35 + ["secured"] * 27 + ["allocated"] * 14 + ["Allocated"] * 6 + ["spent"] * 9),
    *(["transferred"] * 2 + ["returned", "", "received: the developer has paid all or part"]),
)
PURPOSES = (
    *(["green-infrastructure"] * 10 + ["open-space-and-leisure"] * 10 + ["education"] * 10),
    *("open-space-and -leisure", "Affordable Housing", "s106 Monitoring", "Carbon Offset", "Public art"),
)
DATES = ("2019-04-17", "17/04/2019", "2019-04", "2019", "17 April 2019", "43572", "", "n/a")
NAMES = ("Mill Lane", "Café Corner", "Land north of Høje Road", " Old Street Yard ", "Königstraße")


def mixed_files(rows: int, seed: int) -> Files:
    """Files of so many rows together: a fifth agreements, two fifths each of the others."""
    chance = Random(seed)  # noqa: S311 - a seed that can be told again is wanted
    agreements, others = rows // 5, rows * 2 // 5
    return Files(
        _file("agreement", [_agreement(chance, n) for n in range(agreements)], "cp1252"),
        _file("contribution", [_contribution(chance, n, agreements) for n in range(others)], "utf-8-sig"),
        _file("transaction", [_transaction(chance, n, others) for n in range(others)], "utf-16"),
    )


def _agreement(chance: Random, number: int) -> list[str]:
    kind, name = chance.choice(KINDS), chance.choice(NAMES)
    dates = [chance.choice(DATES), chance.choice(DATES), ""]
    return [f"A{number}", name, kind, f"19/{number:05}/FUL", "", "", COUNCIL, *dates]


def _contribution(chance: Random, number: int, agreements: int) -> list[str]:
    of = f"A{chance.randrange(agreements)}" if chance.random() < 0.99 else "A-lost"
    units = chance.choice(("", "0", "12"))
    dates = [chance.choice(DATES), chance.choice(DATES), ""]
    return [f"C{number}", of, chance.choice(PURPOSES), _sum(chance), units, "", COUNCIL, *dates]


def _transaction(chance: Random, number: int, contributions: int) -> list[str]:
    reference = number if chance.random() < 0.99 else max(number - 1, 0)
    of, status = f"C{chance.randrange(contributions)}", chance.choice(STATUSES)
    dates = [chance.choice(DATES), chance.choice(DATES), ""]
    return [f"T{reference}", of, status, _sum(chance), "", "", COUNCIL, *dates]


def _sum(chance: Random) -> str:
    pence = chance.randrange(100, 10_000_000)
    plain = f"{pence // 100}.{pence % 100:02}"
    written = (plain, plain, plain, f"£{pence // 100:,}.{pence % 100:02}", f" {plain} ", f"-{plain}")
    return chance.choice((*written, f"{plain}5", "TBC", "=1+1")) if chance.random() < 0.3 else plain


def _file(kind: str, rows: list[list[str]], encoding: str) -> bytes:
    lines = [HEADINGS[kind] + ",,", *(",".join(f'"{cell}"' for cell in row) + ",," for row in rows)]
    return "\r\n".join(lines).encode(encoding, errors="replace")
