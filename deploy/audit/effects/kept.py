"""Rows that an event must have left in a service, its own or another's."""

from __future__ import annotations

from deploy.audit.copies import Copy, Source, same_named

APPLICATION: dict[str, Source] = {"application_id": "application_id"}


def kept(
    reader: str,
    table: str,
    key: dict[str, Source],
    type_names: str,
    names: str = "",
    *,
    check: str = "effective_once",
    filled: str = "",
    each: str = "",
    rows: str = "",
    **others: Source,
) -> Copy:
    """What events of these types (names with spaces between) of another service must have left in a table.

    Of several types the newest event of a key counts.
    """
    columns = same_named(names, **others)
    return Copy(
        check=check,
        reader=reader,
        table=table,
        key=key,
        events=dict.fromkeys(type_names.split(), columns),
        filled=filled,
        each=each,
        rows=rows,
    )


def published(
    owner: str,
    table: str,
    key: dict[str, Source],
    type_names: str,
    names: str = "",
    *,
    filled: str = "",
    each: str = "",
    rows: str = "",
    **others: Source,
) -> Copy:
    """What the owner published stands in its own tables, and nothing that it did not publish."""
    return kept(
        owner,
        table,
        key,
        type_names,
        names,
        check="owner_rows",
        filled=filled,
        each=each,
        rows=rows,
        **others,
    )
