"""Which faults bring which planted bug to light; without a fault none of the five can be seen."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hunt:
    """Kinds of faults, the checks that such a bug offends, services that run twice meanwhile, and clients.

    What another check finds is another bug, and be it that the planted one was planted badly.
    """

    kinds: tuple[str, ...]
    found_by: frozenset[str] = frozenset()
    twice: tuple[str, ...] = ()
    clients: int = 3


HUNTS = {
    "acknowledge_before_commit": Hunt(("kill_reader_between_commit_and_acknowledge",), frozenset({"inbox"})),
    "no_inbox": Hunt(
        ("duplicate_records", "resend_old_events"), frozenset({"effective_once", "fact_once", "set_aside"})
    ),
    "mark_before_send": Hunt(("kill_relay_between_send_and_delete",), frozenset({"in_kafka"})),
    "no_lock_on_balances": Hunt(
        ("cut_connections",),
        frozenset({"set_aside", "pot_balance"}),
        twice=("contributions",),
        clients=6,
    ),
    "unsorted_inbox_ids": Hunt(("poison_for_two_replicas",), frozenset({"deadlocks"})),
}
