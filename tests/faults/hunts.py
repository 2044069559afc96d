"""Which faults bring which planted bug to light; without the fault each of the five is invisible."""

HUNTS = {
    "acknowledge_before_commit": ("kill_reader_between_commit_and_acknowledge",),
    "no_inbox": ("duplicate_records", "resend_old_events"),
    "mark_before_send": ("kill_relay_between_send_and_delete",),
    "no_lock_on_balances": ("second_replica_joins_and_leaves",),
    "unsorted_inbox_ids": ("duplicate_on_other_partitions",),
}
