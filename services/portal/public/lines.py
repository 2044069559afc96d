"""Pots and grants with their sums: each adds up the movements of the wanted ones only, all at once."""

POT_COLUMNS = (
    "pot_id",
    "agreement_id",
    "obligation_id",
    "organisation",
    "reference",
    "purpose",
    "wards",
    "received_on",
    "spend_by_on",
    "opened_by",
    "standing",
    "pool",
    "as_at_on",
    "records_begin_on",
    "kept_before_in",
)
OWN = ("reversed", "interest", "refunding", "returned")
"""What happened to pots apart from grants."""
SUMS = ("granted", "reserved", "committed", "paid")
GRANT_COLUMNS = (
    "application_id",
    "reference",
    "organisation_name",
    "building_name",
    "ward",
    "awarded_on",
    "award_reasons",
    "accepted_on",
    "completed_on",
    "awarded_pence",
    "offer_declined_on",
    "shortfall_pence",
)
IS_GRANT = "(awarded_sequence IS NOT NULL OR funding_sequence IS NOT NULL)"


def pot_lines(ids: str, order: str = "pot_id") -> str:
    """A query for the pots of an array of ids in SQL; a reversed receipt counts as none."""
    return f"""
        SELECT line.*, came + interest_pence - granted - refunding_pence - returned_pence AS available_pence,
            came AS received_pence
        FROM (
            SELECT {", ".join(f"p.{name}" for name in POT_COLUMNS)},
                p.received_pence - coalesce(o.reversed_pence, 0) AS came,
                coalesce(s.granted_pence, 0)::bigint AS granted, {_sums_or_nought(SUMS[1:])},
                {", ".join(f"coalesce(o.{name}_pence, 0) AS {name}_pence" for name in OWN)}
            FROM pot p {_sums_of("pot_id", ids)}
            LEFT JOIN (SELECT * FROM pot_own WHERE pot_id = ANY ({ids})) o USING (pot_id)
            WHERE p.pot_id = ANY ({ids})) line
        ORDER BY {order}
    """  # noqa: S608 - made of this module's own words


def grant_lines(ids: str, order: str = "application_id") -> str:
    """A query for the grants of an array of ids, an array in SQL; what was never awarded is left out."""
    return f"""
        SELECT {", ".join(f"a.{name}" for name in GRANT_COLUMNS)},
            coalesce(a.accepted_promised_kwh, a.promised_kwh) AS promise_kwh,
            coalesce(a.accepted_promised_kg_co2e, a.promised_kg_co2e) AS promise_kg_co2e,
            {_sums_or_nought(SUMS)}
        FROM application a {_sums_of("application_id", ids)}
        WHERE a.application_id = ANY ({ids}) AND {IS_GRANT} ORDER BY {order}
    """  # noqa: S608 - made of this module's own words


def _sums_of(key: str, ids: str) -> str:
    sums = ", ".join(f"sum({name}_pence) AS {name}_pence" for name in SUMS)
    of_wanted = f"SELECT {key}, {sums} FROM fund_share WHERE {key} = ANY ({ids}) GROUP BY {key}"  # noqa: S608
    return f"LEFT JOIN ({of_wanted}) s USING ({key})"


def _sums_or_nought(names: tuple[str, ...]) -> str:
    return ", ".join(f"coalesce(s.{name}_pence, 0)::bigint AS {name}_pence" for name in names)
