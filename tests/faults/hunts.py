"""Which faults bring which planted bug to light; without a fault none of the five can be seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hunt:
    """Kinds of faults, services that run twice meanwhile, and how many clients there are."""

    kinds: tuple[str, ...]
    twice: tuple[str, ...] = ()
    clients: int = 3


HUNTS = {
    "acknowledge_before_commit": Hunt(("kill_reader_between_commit_and_acknowledge",)),
    "no_inbox": Hunt(("duplicate_records", "resend_old_events")),
    "mark_before_send": Hunt(("kill_relay_between_send_and_delete",)),
    "no_lock_on_balances": Hunt(("cut_connections",), twice=("contributions",), clients=6),
    "unsorted_inbox_ids": Hunt(("poison_for_two_replicas",)),
}
