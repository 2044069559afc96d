"""Columns of the portal that one kind of event fills, beside the sequence by which they remember it."""

from __future__ import annotations

from deploy.audit.copies import Copy, Source, same_named

APPLICATION: dict[str, Source] = {"application_id": "application_id"}


def shown(
    table: str,
    key: dict[str, Source] | str,
    type_names: str,
    names: str = "",
    *,
    mark: str = "sequence",
    **others: Source,
) -> Copy:
    """The columns that events of these types fill in the portal; `mark` remembers the newest's sequence."""
    columns = same_named(names, **others, **{mark: "@sequence"})
    return Copy(
        check="projection",
        reader="portal",
        table=table,
        key=key if isinstance(key, dict) else {key: key},
        events=dict.fromkeys(type_names.split(), columns),
        filled=mark,
    )
